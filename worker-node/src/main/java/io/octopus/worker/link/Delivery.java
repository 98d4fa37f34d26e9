package io.octopus.worker.link;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.worker.link.DeliveryPlan.Awaited;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings every result to a coordinator: into the spool first, then out again and again, each time a
 * little later, until it is acknowledged.
 *
 * <p>A result whose output is not stored yet waits for that. Which result is due when is {@link
 * DeliveryPlan}'s business.
 */
public final class Delivery extends AbstractBehavior<Delivery.Command> {

  /** What delivery is told. */
  public sealed interface Command
      permits HandOver,
          OutputStored,
          FilesStored,
          Unreadable,
          Acknowledged,
          Reconnected,
          WhenEmpty,
          FromSpool,
          Due {}

  /**
   * An attempt has ended. Answered when its result can no longer be lost by a crash, or needs no
   * delivery any more.
   *
   * @param outputPending whether {@link OutputStored} is still to come
   * @param filesPending whether {@link FilesStored} is still to come
   */
  public record HandOver(
      AttemptReport report, boolean outputPending, boolean filesPending, ActorRef<Safe> replyTo)
      implements Command {

    private Set<Awaited> awaited() {
      var awaited = EnumSet.noneOf(Awaited.class);
      if (outputPending) {
        awaited.add(Awaited.OUTPUT);
      }
      if (filesPending) {
        awaited.add(Awaited.FILES);
      }
      return awaited;
    }

    private HandOver without(Awaited what) {
      return new HandOver(
          report,
          outputPending && what != Awaited.OUTPUT,
          filesPending && what != Awaited.FILES,
          replyTo);
    }
  }

  /** All output of an attempt is stored by a coordinator. */
  public record OutputStored(AttemptId attempt) implements Command {}

  /** All files of an attempt are stored by a coordinator. */
  public record FilesStored(AttemptId attempt) implements Command {}

  /** The result of an attempt, which is in a file, cannot be read any more. */
  public record Unreadable(AttemptId attempt) implements Command {}

  /** A coordinator has stored these results or does not need them. */
  public record Acknowledged(List<AttemptId> attempts) implements Command {}

  /** There is a link again: everything is due at once. */
  public record Reconnected() implements Command {}

  /** Asks to be told as soon as nothing waits. */
  public record WhenEmpty(ActorRef<Empty> replyTo) implements Command {}

  private record FromSpool(ResultSpool.Answer answer) implements Command {}

  private record Due() implements Command {}

  /** The result of this attempt is safe: its slot is free. */
  public record Safe(AttemptId attempt) {}

  /** Nothing waits to be delivered. */
  public record Empty() {}

  private static final Duration LOOK = Duration.ofMillis(500);

  private final ActorRef<ResultSpool.Command> spool;
  private final ActorRef<Uplink.Command> uplink;
  private final ActorRef<ResultSpool.Answer> fromSpool;
  private final MonotonicClock clock;
  private final DeliveryPlan plan = new DeliveryPlan();
  private final Map<AttemptId, HandOver> handed = new HashMap<>();
  private final Set<AttemptId> unreadable = new HashSet<>();
  private final List<ActorRef<Empty>> untilEmpty = new ArrayList<>();

  /**
   * Starts with what the spool held from before.
   *
   * @param left sizes of the results left in the spool
   * @param withOutput those of them whose output has to be stored again first
   * @param withFiles those of them whose files have to be stored again first
   */
  public static Behavior<Command> create(
      ActorRef<ResultSpool.Command> spool,
      ActorRef<Uplink.Command> uplink,
      MonotonicClock clock,
      Map<AttemptId, Integer> left,
      Set<AttemptId> withOutput,
      Set<AttemptId> withFiles) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new Delivery(
                        context, timers, spool, uplink, clock, left, withOutput, withFiles)));
  }

  private Delivery(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ActorRef<ResultSpool.Command> spool,
      ActorRef<Uplink.Command> uplink,
      MonotonicClock clock,
      Map<AttemptId, Integer> left,
      Set<AttemptId> withOutput,
      Set<AttemptId> withFiles) {
    super(context);
    this.spool = spool;
    this.uplink = uplink;
    this.clock = clock;
    fromSpool = context.messageAdapter(ResultSpool.Answer.class, FromSpool::new);
    left.forEach(
        (attempt, size) -> {
          var awaited = EnumSet.noneOf(Awaited.class);
          if (withOutput.contains(attempt)) {
            awaited.add(Awaited.OUTPUT);
          }
          if (withFiles.contains(attempt)) {
            awaited.add(Awaited.FILES);
          }
          plan.add(attempt, size, awaited);
        });
    uplink.tell(new Uplink.Waiting(List.copyOf(left.keySet())));
    timers.startTimerWithFixedDelay(new Due(), LOOK);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(HandOver.class, this::onHandOver)
        .onMessage(FromSpool.class, this::onFromSpool)
        .onMessage(OutputStored.class, this::onOutputStored)
        .onMessage(FilesStored.class, this::onFilesStored)
        .onMessage(Unreadable.class, this::onUnreadable)
        .onMessage(Acknowledged.class, this::onAcknowledged)
        .onMessage(Reconnected.class, this::onReconnected)
        .onMessage(Due.class, this::onDue)
        .onMessage(WhenEmpty.class, this::onWhenEmpty)
        .build();
  }

  private Behavior<Command> onHandOver(HandOver hand) {
    handed.put(hand.report().attempt(), hand);
    spool.tell(new ResultSpool.Keep(hand.report(), fromSpool));
    return this;
  }

  private Behavior<Command> onFromSpool(FromSpool from) {
    // Java 17 has no pattern switch
    if (from.answer() instanceof ResultSpool.Kept kept) {
      enter(kept.reports());
      kept.reports().forEach(report -> safe(report.attempt()));
    } else if (from.answer() instanceof ResultSpool.NotKept notKept) {
      enter(notKept.reports());
    } else if (from.answer() instanceof ResultSpool.Found found) {
      onFound(found);
    }
    return this;
  }

  /** Sends what may be sent at once, while it is in memory. */
  private void enter(List<AttemptReport> reports) {
    var known = new ArrayList<AttemptReport>();
    for (var report : reports) {
      var hand = handed.get(report.attempt());
      if (hand != null) {
        known.add(report);
        plan.add(report.attempt(), report.bytesInMessage(), hand.awaited());
      }
    }
    uplink.tell(new Uplink.Waiting(known.stream().map(AttemptReport::attempt).toList()));
    send(known.stream().collect(Collectors.toMap(AttemptReport::attempt, Function.identity())));
  }

  private void safe(AttemptId attempt) {
    var hand = handed.remove(attempt);
    if (hand != null) {
      hand.replyTo().tell(new Safe(attempt));
    }
  }

  private Behavior<Command> onOutputStored(OutputStored stored) {
    arrived(stored.attempt(), Awaited.OUTPUT);
    return this;
  }

  private Behavior<Command> onFilesStored(FilesStored stored) {
    arrived(stored.attempt(), Awaited.FILES);
    return this;
  }

  /** What was a result is gone: the attempt ends as lost. */
  private Behavior<Command> onUnreadable(Unreadable gone) {
    if (handed.containsKey(gone.attempt()) || plan.contains(gone.attempt())) {
      unreadable.add(gone.attempt());
      arrived(gone.attempt(), Awaited.FILES);
    }
    return this;
  }

  private void arrived(AttemptId attempt, Awaited what) {
    handed.computeIfPresent(attempt, (id, before) -> before.without(what));
    plan.arrived(attempt, what);
    send(Map.of());
  }

  private Behavior<Command> onAcknowledged(Acknowledged done) {
    done.attempts().forEach(plan::remove);
    unreadable.removeAll(done.attempts());
    spool.tell(new ResultSpool.Forget(done.attempts()));
    uplink.tell(new Uplink.Delivered(done.attempts()));
    done.attempts().forEach(this::safe);
    send(Map.of());
    tellIfEmpty();
    return this;
  }

  private Behavior<Command> onReconnected(Reconnected now) {
    plan.startAnew();
    send(Map.of());
    return this;
  }

  private Behavior<Command> onDue(Due due) {
    send(Map.of());
    return this;
  }

  private Behavior<Command> onWhenEmpty(WhenEmpty asked) {
    untilEmpty.add(asked.replyTo());
    tellIfEmpty();
    return this;
  }

  private void tellIfEmpty() {
    if (handed.isEmpty() && plan.isEmpty()) {
      untilEmpty.forEach(asker -> asker.tell(new Empty()));
      untilEmpty.clear();
    }
  }

  /** Sends all that is due: what is at hand directly, the rest by way of the spool. */
  private void send(Map<AttemptId, AttemptReport> atHand) {
    for (var batch = plan.next(clock.now()); !batch.isEmpty(); batch = plan.next(clock.now())) {
      if (atHand.keySet().containsAll(batch)) {
        uplink.tell(new Outbound.Reports(batch.stream().map(atHand::get).toList()));
      } else {
        spool.tell(new ResultSpool.Read(batch, fromSpool));
      }
    }
  }

  private void onFound(ResultSpool.Found found) {
    if (!found.reports().isEmpty()) {
      uplink.tell(new Outbound.Reports(found.reports().stream().map(this::readable).toList()));
    }
    var readable = found.reports().stream().map(AttemptReport::attempt).collect(Collectors.toSet());
    var gone = found.asked().stream().filter(attempt -> !readable.contains(attempt)).toList();
    gone.forEach(plan::remove);
    uplink.tell(new Uplink.Delivered(gone));
    tellIfEmpty();
  }

  private AttemptReport readable(AttemptReport report) {
    return unreadable.contains(report.attempt())
        ? new AttemptReport(
            report.attempt(),
            new AttemptOutcome.Lost("its result cannot be read from the client's disk any more"),
            report.startedAt(),
            report.finishedAt())
        : report;
  }
}

package io.octopus.coordinator.dispatch;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.coordinator.fleet.FleetBoard;
import io.octopus.coordinator.fleet.FleetMember;
import io.octopus.coordinator.fleet.FleetSnapshot;
import io.octopus.coordinator.task.Placement;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.StartOrder;
import io.octopus.protocol.work.WorkerProtocol.Credit;
import io.octopus.protocol.work.WorkerProtocol.Release;
import io.octopus.protocol.work.WorkerProtocol.Reserve;
import io.octopus.protocol.work.WorkerProtocol.ReserveAnswer;
import io.octopus.protocol.work.WorkerProtocol.Start;
import io.octopus.protocol.work.WorkerProtocol.StartAnswer;
import io.octopus.protocol.work.WorkerProtocol.Stop;
import io.octopus.protocol.work.WorkerProtocol.ToWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Routes to workers: the least loaded by credit for what anyone may run, the named one for the
 * rest. The group router of this product; the worker is the authority on its slots and has the last
 * word.
 *
 * <p>A start is repeated until its process answers or is replaced; what then becomes of the attempt
 * is settled when its worker registers or vanishes.
 */
public final class WorkerRouter extends AbstractBehavior<WorkerRouter.Command> {

  /** Everything that can be asked of the router. */
  public sealed interface Command {}

  /** Asks to be told whenever there may be room where there was none. */
  public record TellOfRoom(ActorRef<RoomAgain> listener) implements Command {}

  /** The fleet changed. */
  public record FleetIs(FleetSnapshot snapshot) implements Command {}

  /** A worker says how much it can take. */
  public record CreditIs(Credit credit) implements Command {}

  /** Asks for a slot for an execution. */
  public record ReserveSlot(
      ExecutionId execution, Placement placement, ActorRef<SlotAnswer> replyTo)
      implements Command {}

  /** Gives a slot back that was not needed. */
  public record ReleaseSlot(ExecutionId execution, WorkerName worker, Incarnation incarnation)
      implements Command {}

  /** Starts a granted attempt on this process. */
  public record StartAttempt(
      StartOrder order, WorkerName worker, Incarnation incarnation, ActorRef<StartRefused> replyTo)
      implements Command {}

  /** Stops an attempt on this process, if it can be reached. */
  public record StopAttempt(
      AttemptId attempt, WorkerName worker, Incarnation incarnation, String why)
      implements Command {}

  /** Says something to every worker that can be reached. */
  public record Broadcast(ToWorker message) implements Command {}

  private record Answered(
      ReserveSlot asked, WorkerName worker, Incarnation incarnation, @Nullable ReserveAnswer answer)
      implements Command {}

  private record StartAnswered(StartAnswer answer) implements Command {}

  private record RepeatStarts() implements Command {}

  /** The answer to {@link ReserveSlot}. */
  public sealed interface SlotAnswer {}

  /** This process holds a slot for the execution. */
  public record SlotHeld(ExecutionId execution, WorkerName worker, Incarnation incarnation)
      implements SlotAnswer {}

  /** Nobody has room for it; why, as one of the codes. */
  public record NoSlot(ExecutionId execution, Placement placement, String reason)
      implements SlotAnswer {}

  /** A worker would not start an attempt: nothing was started and nothing will be. */
  public record StartRefused(AttemptId attempt, String why) {}

  /**
   * There may be room where there was none.
   *
   * @param room for how many, at all workers together
   * @param worker only there; null when it may be anywhere
   */
  public record RoomAgain(int room, @Nullable WorkerName worker) {}

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private final FleetBoard board;
  private final ActorRef<StartAnswer> startAnswers;
  private final WorkerCredits credits = new WorkerCredits();
  private final Map<AttemptId, StartAttempt> starting = new HashMap<>();
  private final List<ActorRef<RoomAgain>> listeners = new ArrayList<>();

  /** A router that shows what workers run on this board. */
  public static Behavior<Command> create(FleetBoard board) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new WorkerRouter(context, timers, board)));
  }

  private WorkerRouter(
      ActorContext<Command> context, TimerScheduler<Command> timers, FleetBoard board) {
    super(context);
    this.board = board;
    this.startAnswers = context.messageAdapter(StartAnswer.class, StartAnswered::new);
    timers.startTimerWithFixedDelay(new RepeatStarts(), ANSWER_WITHIN);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(TellOfRoom.class, this::onTellOfRoom)
        .onMessage(ReserveSlot.class, this::onReserveSlot)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(ReleaseSlot.class, this::onReleaseSlot)
        .onMessage(StartAttempt.class, this::onStartAttempt)
        .onMessage(StartAnswered.class, this::onStartAnswered)
        .onMessage(RepeatStarts.class, this::onRepeatStarts)
        .onMessage(StopAttempt.class, this::onStopAttempt)
        .onMessage(CreditIs.class, this::onCreditIs)
        .onMessage(FleetIs.class, this::onFleetIs)
        .onMessage(Broadcast.class, this::onBroadcast)
        .build();
  }

  private Behavior<Command> onTellOfRoom(TellOfRoom tell) {
    listeners.add(tell.listener());
    return this;
  }

  private void tellOfRoom(@Nullable WorkerName worker) {
    var room = new RoomAgain(credits.room(), worker);
    listeners.forEach(listener -> listener.tell(room));
  }

  private Behavior<Command> onReserveSlot(ReserveSlot ask) {
    credits
        .choose(ask.placement())
        .ifPresentOrElse(
            member -> reserveOn(member, ask),
            () ->
                ask.replyTo()
                    .tell(
                        new NoSlot(
                            ask.execution(), ask.placement(), credits.reason(ask.placement()))));
    return this;
  }

  private void reserveOn(FleetMember member, ReserveSlot ask) {
    var worker = member.client().name();
    var incarnation = member.client().incarnation();
    credits.asked(worker, incarnation);
    getContext()
        .ask(
            ReserveAnswer.class,
            member.reach().orElseThrow(),
            ANSWER_WITHIN,
            replyTo -> new Reserve(ask.execution(), replyTo),
            (answer, silence) -> new Answered(ask, worker, incarnation, answer));
  }

  private Behavior<Command> onAnswered(Answered answered) {
    var answer = answered.answer();
    if (answer == null) {
      credits.silent(answered.worker(), answered.incarnation());
      return onReserveSlot(answered.asked());
    }
    credits.answered(answer.worker(), answer.incarnation(), answer.free());
    if (!answer.reserved()) {
      return onReserveSlot(answered.asked());
    }
    answered
        .asked()
        .replyTo()
        .tell(new SlotHeld(answer.execution(), answer.worker(), answer.incarnation()));
    return this;
  }

  private Behavior<Command> onReleaseSlot(ReleaseSlot release) {
    tell(release.worker(), release.incarnation(), new Release(release.execution()));
    return this;
  }

  private Behavior<Command> onStartAttempt(StartAttempt start) {
    starting.put(start.order().attempt(), start);
    tellToStart(start);
    return this;
  }

  private Behavior<Command> onStartAnswered(StartAnswered answered) {
    var answer = answered.answer();
    var start = starting.get(answer.attempt());
    if (start != null && answer.waitsForSlot()) {
      // granted before a restart, its slot taken since: it comes before everything new
      credits.owes(start.worker(), answer.attempt());
      return this;
    }
    forget(answer.attempt());
    if (start != null && !answer.accepted()) {
      var why = answer.refusal() == null ? "refused" : answer.refusal();
      start.replyTo().tell(new StartRefused(answer.attempt(), why));
    }
    return this;
  }

  private Behavior<Command> onRepeatStarts(RepeatStarts repeat) {
    starting.values().stream()
        .filter(start -> credits.process(start.worker(), start.incarnation()).isEmpty())
        .map(start -> start.order().attempt())
        .toList()
        .forEach(this::forget);
    starting.values().forEach(this::tellToStart);
    return this;
  }

  private void forget(AttemptId attempt) {
    starting.remove(attempt);
    credits.owesNoMore(attempt);
  }

  private void tellToStart(StartAttempt start) {
    tell(start.worker(), start.incarnation(), new Start(start.order(), startAnswers));
  }

  private Behavior<Command> onStopAttempt(StopAttempt stop) {
    forget(stop.attempt());
    tell(stop.worker(), stop.incarnation(), new Stop(stop.attempt(), stop.why()));
    return this;
  }

  private Behavior<Command> onCreditIs(CreditIs is) {
    var credit = is.credit();
    credits.credit(credit.worker(), credit.incarnation(), credit.free());
    board.showRunning(credit.worker(), credit.running());
    if (credit.free() > 0) {
      starting.values().stream()
          .filter(start -> start.worker().equals(credit.worker()))
          .filter(start -> credits.isOwed(start.order().attempt()))
          .limit(credit.free())
          .forEach(this::tellToStart);
      tellOfRoom(credit.worker());
    }
    return this;
  }

  private Behavior<Command> onFleetIs(FleetIs is) {
    credits.fleetIs(is.snapshot());
    tellOfRoom(null);
    return this;
  }

  private Behavior<Command> onBroadcast(Broadcast broadcast) {
    board.snapshot().members().stream()
        .flatMap(member -> member.reach().stream())
        .forEach(link -> link.tell(broadcast.message()));
    return this;
  }

  /** What cannot be told now is settled when the worker registers. */
  private void tell(WorkerName worker, Incarnation incarnation, ToWorker message) {
    credits
        .process(worker, incarnation)
        .flatMap(FleetMember::reach)
        .ifPresent(link -> link.tell(message));
  }
}

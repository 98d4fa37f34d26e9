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
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.StartOrder;
import io.octopus.protocol.work.WorkerProtocol.Credit;
import io.octopus.protocol.work.WorkerProtocol.Start;
import io.octopus.protocol.work.WorkerProtocol.StartAnswer;
import io.octopus.protocol.work.WorkerProtocol.Stop;
import io.octopus.protocol.work.WorkerProtocol.ToWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Routes to workers: a start to the one that was chosen by credit, a broadcast to all. The group
 * router of this product; the worker is the authority on its slots and has the last word.
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

  /** A worker says whether it has started an attempt. */
  public record StartAnswered(StartAnswer answer) implements Command {}

  /** A worker says how much it can take. */
  public record CreditIs(Credit credit) implements Command {}

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

  private record RepeatStarts() implements Command {}

  /** A worker would not start an attempt: nothing was started and nothing will be. */
  public record StartRefused(AttemptId attempt, String why) {}

  /**
   * There may be room where there was none.
   *
   * @param worker only there; null when it may be anywhere
   */
  public record RoomAgain(@Nullable WorkerName worker) {}

  private static final Duration REPEAT = Duration.ofSeconds(2);

  private final FleetBoard board;
  private final WorkerCredits credits;
  private final Map<AttemptId, StartAttempt> starting = new HashMap<>();
  private final List<ActorRef<RoomAgain>> listeners = new ArrayList<>();

  /** A router that keeps these credits, and shows what workers run on this board. */
  public static Behavior<Command> create(WorkerCredits credits, FleetBoard board) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new WorkerRouter(context, timers, credits, board)));
  }

  private WorkerRouter(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      WorkerCredits credits,
      FleetBoard board) {
    super(context);
    this.credits = credits;
    this.board = board;
    timers.startTimerWithFixedDelay(new RepeatStarts(), REPEAT);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(TellOfRoom.class, this::onTellOfRoom)
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
    var room = new RoomAgain(worker);
    listeners.forEach(listener -> listener.tell(room));
  }

  private Behavior<Command> onStartAttempt(StartAttempt start) {
    starting.put(start.order().attempt(), start);
    tellToStart(start);
    return this;
  }

  private Behavior<Command> onStartAnswered(StartAnswered answered) {
    var answer = answered.answer();
    credits.answered(answer);
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
    var executions =
        starting.keySet().stream().map(AttemptId::execution).collect(Collectors.toSet());
    credits.forgetUnused(executions::contains);
    return this;
  }

  private void forget(AttemptId attempt) {
    starting.remove(attempt);
    credits.owesNoMore(attempt);
  }

  private void tellToStart(StartAttempt start) {
    tell(start.worker(), start.incarnation(), new Start(start.order()));
  }

  private Behavior<Command> onStopAttempt(StopAttempt stop) {
    forget(stop.attempt());
    tell(stop.worker(), stop.incarnation(), new Stop(stop.attempt(), stop.why()));
    return this;
  }

  private Behavior<Command> onCreditIs(CreditIs is) {
    var credit = is.credit();
    credits.credit(credit);
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

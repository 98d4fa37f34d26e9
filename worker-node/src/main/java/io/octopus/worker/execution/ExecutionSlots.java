package io.octopus.worker.execution;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.protocol.work.StartOrder;
import io.octopus.protocol.work.WorkerProtocol;
import io.octopus.worker.link.Delivery;
import io.octopus.worker.link.Outbound;
import io.octopus.worker.link.Uplink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The authority on how many attempts run here at once: refuses what exceeds the slots, and starts
 * an attempt at most once in the life of this process.
 */
public final class ExecutionSlots extends AbstractBehavior<ExecutionSlots.Command> {

  /** What the slots are told. */
  public sealed interface Command
      permits Start, Stop, EndMovable, DiskHealth, RunnerHealth, Drain, EndAll {}

  /** A coordinator starts a granted attempt. */
  public record Start(StartOrder order) implements Command {}

  /** Ends an attempt whose outcome nobody wants any more. */
  public record Stop(AttemptId attempt, String why) implements Command {}

  /** Ends the attempts that may have been given to others by now. */
  public record EndMovable(String why) implements Command {}

  /** Whether results can be kept; {@code why} not, empty if they can. */
  public record DiskHealth(String why) implements Command {}

  /** Takes no new work; answered when nothing runs any more. */
  public record Drain(ActorRef<Drained> replyTo) implements Command {}

  /** Whether plugins can be run; {@code why} not, empty if they can. */
  public record RunnerHealth(String why) implements Command {}

  /** Ends all attempts. */
  public record EndAll(String why) implements Command {}

  /** Nothing runs here any more, and nothing will. */
  public record Drained() {}

  private record Running(StartOrder order, ActorRef<ExecutionRunner.Command> runner) {}

  private final int slots;
  private final RunnerTools tools;
  private final StartedAttempts started;
  private final Map<AttemptId, Running> running = new HashMap<>();
  private String diskTrouble = "";
  private String runnerTrouble = "the worker does not know yet what it can run";
  private boolean draining;
  private final List<ActorRef<Drained>> untilDrained = new ArrayList<>();

  /**
   * Free slots only, offered from the first {@link RunnerHealth} on.
   *
   * @param ended attempts of an earlier process whose results still wait here
   */
  public static Behavior<Command> create(
      int slots, RunnerTools tools, Collection<AttemptId> ended) {
    return Behaviors.setup(context -> new ExecutionSlots(context, slots, tools, ended));
  }

  private ExecutionSlots(
      ActorContext<Command> context, int slots, RunnerTools tools, Collection<AttemptId> ended) {
    super(context);
    this.slots = slots;
    this.tools = tools;
    started = new StartedAttempts(ended);
    tellStanding();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Start.class, this::onStart)
        .onMessage(Stop.class, this::onStop)
        .onMessage(EndMovable.class, this::onEndMovable)
        .onMessage(DiskHealth.class, this::onDiskHealth)
        .onMessage(RunnerHealth.class, this::onRunnerHealth)
        .onMessage(Drain.class, this::onDrain)
        .onMessage(EndAll.class, this::onEndAll)
        .onSignal(ChildFailed.class, this::onRunnerFailed)
        .onSignal(Terminated.class, this::onRunnerEnded)
        .build();
  }

  private Behavior<Command> onStart(Start start) {
    var attempt = start.order().attempt();
    var refusal = started.contains(attempt) ? Optional.<String>empty() : tryStart(start.order());
    tools
        .uplink()
        .tell(
            new Outbound.StartAnswered(
                attempt, refusal.isEmpty(), refusal.orElse(null), offered()));
    return this;
  }

  /** Answers why not, if it was not started. */
  private Optional<String> tryStart(StartOrder order) {
    var trouble = noNewWork();
    if (trouble.isPresent()) {
      return trouble;
    }
    if (running.size() >= slots) {
      return Optional.of(WorkerProtocol.StartAnswer.NO_FREE_SLOT);
    }
    started.add(order.attempt());
    var runner = getContext().spawnAnonymous(ExecutionRunner.create(order, tools));
    getContext().watch(runner);
    running.put(order.attempt(), new Running(order, runner));
    tellStanding();
    return Optional.empty();
  }

  private Behavior<Command> onStop(Stop stop) {
    var attempt = running.get(stop.attempt());
    if (attempt == null) {
      // An order that was overtaken by this must not start it.
      started.add(stop.attempt());
    } else {
      getContext().getLog().info("Stopping {}: {}", stop.attempt(), stop.why());
      attempt.runner().tell(new ExecutionRunner.Drop());
    }
    return this;
  }

  private Behavior<Command> onEndMovable(EndMovable end) {
    running.values().stream()
        .filter(it -> it.order().movable())
        .forEach(it -> it.runner().tell(new ExecutionRunner.GiveUp(end.why())));
    return this;
  }

  private Behavior<Command> onEndAll(EndAll end) {
    running.values().forEach(it -> it.runner().tell(new ExecutionRunner.GiveUp(end.why())));
    return this;
  }

  private Behavior<Command> onDiskHealth(DiskHealth health) {
    diskTrouble = health.why();
    return tellHealth();
  }

  private Behavior<Command> onRunnerHealth(RunnerHealth health) {
    runnerTrouble = health.why();
    return tellHealth();
  }

  private Behavior<Command> tellHealth() {
    tools.uplink().tell(new Uplink.Healthy(diskTrouble.isEmpty() ? runnerTrouble : diskTrouble));
    tellStanding();
    return this;
  }

  private Optional<String> noNewWork() {
    return Stream.of(draining ? "the worker is stopping" : "", diskTrouble, runnerTrouble)
        .filter(why -> !why.isEmpty())
        .findFirst();
  }

  private Behavior<Command> onDrain(Drain drain) {
    draining = true;
    untilDrained.add(drain.replyTo());
    tellStanding();
    tellIfDrained();
    return this;
  }

  private Behavior<Command> onRunnerEnded(Terminated ended) {
    running.values().removeIf(it -> it.runner().path().equals(ended.getRef().path()));
    tellStanding();
    tellIfDrained();
    return this;
  }

  /** A defect of the worker, not of the plugin: the attempt must not hang for it. */
  private Behavior<Command> onRunnerFailed(ChildFailed failed) {
    running.values().stream()
        .filter(it -> it.runner().path().equals(failed.getRef().path()))
        .forEach(it -> reportLost(it.order().attempt(), failed.getCause()));
    return onRunnerEnded(failed);
  }

  private void reportLost(AttemptId attempt, Throwable cause) {
    getContext().getLog().error("Running {} failed", attempt, cause);
    var now = tools.clock().instant();
    tools
        .delivery()
        .tell(
            new Delivery.HandOver(
                new AttemptReport(attempt, Outcomes.lost("the worker failed: " + cause), now, now),
                false,
                false,
                getContext().getSystem().ignoreRef()));
  }

  private void tellIfDrained() {
    if (running.isEmpty()) {
      untilDrained.forEach(asker -> asker.tell(new Drained()));
      untilDrained.clear();
    }
  }

  /** What coordinators may start here. */
  private int offered() {
    return noNewWork().isPresent() ? 0 : Math.max(0, slots - running.size());
  }

  private void tellStanding() {
    tools.uplink().tell(new Uplink.Standing(offered(), List.copyOf(running.keySet())));
  }
}

package io.octopus.worker;

import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.worker.link.CoordinatorLink;
import io.octopus.worker.link.Uplink;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps this worker in the cluster: creates the cluster's actor system, and the next one whenever
 * that ends, because it was downed, or because its link found no coordinator any more. Starting a
 * system blocks, so it needs a dispatcher that may.
 */
final class ClusterMembership extends AbstractBehavior<ClusterMembership.Command> {

  /** What the membership is told. */
  sealed interface Command permits Connect, SystemEnded, Leave, SaidGoodbye, TooLate {}

  /** Leaves the cluster for good, in a few seconds at most. */
  record Leave(ActorRef<Left> replyTo) implements Command {}

  private record Connect() implements Command {}

  private record SystemEnded() implements Command {}

  private record SaidGoodbye() implements Command {}

  private record TooLate() implements Command {}

  /** This worker is no member any more, or could not wait for that. */
  record Left() {}

  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration GOODBYE = Duration.ofMillis(200);
  private static final Duration LEAVING = Duration.ofSeconds(2);

  private final TimerScheduler<Command> timers;
  private final ClusterSystems systems;
  private final CoordinatorLink.Surroundings surroundings;
  private Optional<ActorSystem<CoordinatorLink.Command>> system = Optional.empty();
  private Optional<ActorRef<Left>> leaving = Optional.empty();

  static Behavior<Command> create(
      ClusterSystems systems, CoordinatorLink.Surroundings surroundings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ClusterMembership(context, timers, systems, surroundings)));
  }

  private ClusterMembership(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ClusterSystems systems,
      CoordinatorLink.Surroundings surroundings) {
    super(context);
    this.timers = timers;
    this.systems = systems;
    this.surroundings = surroundings;
    context.getSelf().tell(new Connect());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Connect.class, this::onConnect)
        .onMessage(SystemEnded.class, this::onSystemEnded)
        .onMessage(Leave.class, this::onLeave)
        .onMessage(SaidGoodbye.class, this::onSaidGoodbye)
        .onMessage(TooLate.class, this::onTooLate)
        .build();
  }

  private Behavior<Command> onConnect(Connect connect) {
    if (leaving.isEmpty()) {
      system = systems.start(CoordinatorLink.create(surroundings));
      if (system.isPresent()) {
        getContext()
            .pipeToSelf(system.get().getWhenTerminated(), (done, failure) -> new SystemEnded());
      } else {
        timers.startSingleTimer(new Connect(), AFTER_FAILURE);
      }
    }
    return this;
  }

  private Behavior<Command> onSystemEnded(SystemEnded ended) {
    system = Optional.empty();
    surroundings.uplink().tell(new Uplink.Disconnected());
    if (leaving.isPresent()) {
      leaving.get().tell(new Left());
    } else {
      timers.startSingleTimer(new Connect(), PAUSE);
    }
    return this;
  }

  private Behavior<Command> onLeave(Leave leave) {
    leaving = Optional.of(leave.replyTo());
    if (system.isPresent()) {
      system.get().tell(new CoordinatorLink.Leave());
      timers.startSingleTimer(new SaidGoodbye(), GOODBYE);
      timers.startSingleTimer(new TooLate(), LEAVING);
    } else {
      leave.replyTo().tell(new Left());
    }
    return this;
  }

  private Behavior<Command> onSaidGoodbye(SaidGoodbye said) {
    system.ifPresent(it -> CoordinatedShutdown.get(it).runAll(CoordinatedShutdown.unknownReason()));
    return this;
  }

  private Behavior<Command> onTooLate(TooLate late) {
    system.ifPresent(ActorSystem::terminate);
    leaving.ifPresent(asker -> asker.tell(new Left()));
    return this;
  }
}

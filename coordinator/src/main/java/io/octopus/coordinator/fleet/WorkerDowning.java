package io.octopus.coordinator.fleet;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.ClusterEvent.ReachabilityEvent;
import akka.cluster.ClusterEvent.ReachableMember;
import akka.cluster.ClusterEvent.UnreachableMember;
import akka.cluster.Member;
import akka.cluster.UniqueAddress;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Subscribe;
import java.time.Duration;

/**
 * Downs workers that stay unreachable, each by a timer of its own.
 *
 * <p>The split brain resolver would do it too, but restarts everyone's waiting time with each
 * change and, when several workers die one after another, may take the coordinator down with them.
 * It is left to decide among coordinators only.
 */
final class WorkerDowning extends AbstractBehavior<WorkerDowning.Command> {

  /** Everything the downing reacts to. */
  sealed interface Command {}

  private record Reachability(ReachabilityEvent event) implements Command {}

  private record Membership(MemberEvent event) implements Command {}

  private record StillUnreachable(Member member) implements Command {}

  private final TimerScheduler<Command> timers;
  private final Duration stableAfter;

  static Behavior<Command> create(Duration stableAfter) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new WorkerDowning(context, timers, stableAfter)));
  }

  private WorkerDowning(
      ActorContext<Command> context, TimerScheduler<Command> timers, Duration stableAfter) {
    super(context);
    this.timers = timers;
    this.stableAfter = stableAfter;
    var subscriptions = Cluster.get(context.getSystem()).subscriptions();
    subscriptions.tell(
        Subscribe.create(
            context.messageAdapter(ReachabilityEvent.class, Reachability::new),
            ReachabilityEvent.class));
    subscriptions.tell(
        Subscribe.create(
            context.messageAdapter(MemberEvent.class, Membership::new), MemberEvent.class));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Reachability.class, this::onReachability)
        .onMessage(Membership.class, this::onMembership)
        .onMessage(StillUnreachable.class, this::onStillUnreachable)
        .build();
  }

  private Behavior<Command> onReachability(Reachability reachability) {
    var member = reachability.event().member();
    if (reachability.event() instanceof UnreachableMember && member.hasRole("worker")) {
      timers.startSingleTimer(key(member), new StillUnreachable(member), stableAfter);
    } else if (reachability.event() instanceof ReachableMember) {
      timers.cancel(key(member));
    }
    return this;
  }

  private Behavior<Command> onMembership(Membership membership) {
    if (membership.event() instanceof MemberRemoved removed) {
      timers.cancel(key(removed.member()));
    }
    return this;
  }

  private Behavior<Command> onStillUnreachable(StillUnreachable still) {
    getContext().getLog().warn("worker {} stays unreachable: downing it", still.member().address());
    Cluster.get(getContext().getSystem()).manager().tell(new Down(still.member().address()));
    return this;
  }

  private static UniqueAddress key(Member member) {
    return member.uniqueAddress();
  }
}

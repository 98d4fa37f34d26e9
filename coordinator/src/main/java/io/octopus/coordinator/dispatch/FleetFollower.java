package io.octopus.coordinator.dispatch;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.octopus.coordinator.fleet.Fleet;
import io.octopus.coordinator.fleet.FleetBoard;
import io.octopus.coordinator.fleet.FleetSnapshot;
import io.octopus.coordinator.fleet.KnownClient;
import io.octopus.protocol.WorkerName;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Hands what the fleet says to those of this coordinator whom it concerns. */
public final class FleetFollower {

  private final FleetBoard board;
  private final ActorRef<WorkerRouter.Command> router;
  private final BiConsumer<WorkerName, Boolean> absences;
  private Set<WorkerName> away = Set.of();

  private FleetFollower(
      FleetBoard board,
      ActorRef<WorkerRouter.Command> router,
      BiConsumer<WorkerName, Boolean> absences) {
    this.board = board;
    this.router = router;
    this.absences = absences;
  }

  /**
   * Follows the fleet from now on.
   *
   * @param absences told who went away (true) and who is back (false)
   */
  public static Behavior<Fleet.Announcement> create(
      ActorRef<Fleet.Command> fleet,
      FleetBoard board,
      ActorRef<WorkerRouter.Command> router,
      ActorRef<Reattachment.Command> reattachment,
      BiConsumer<WorkerName, Boolean> absences) {
    return Behaviors.setup(
        context -> {
          fleet.tell(new Fleet.Watch(context.getSelf()));
          var follower = new FleetFollower(board, router, absences);
          return Behaviors.receive(Fleet.Announcement.class)
              .onMessage(
                  Fleet.Changed.class,
                  changed -> {
                    follower.show(changed.snapshot());
                    return Behaviors.same();
                  })
              .onMessage(
                  Fleet.Announcement.class,
                  announcement -> {
                    reattachment.tell(new Reattachment.FleetSays(announcement));
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private void show(FleetSnapshot snapshot) {
    board.show(snapshot);
    router.tell(new WorkerRouter.FleetIs(snapshot));
    var nowAway =
        snapshot.members().stream()
            .filter(member -> member.client().contact() != KnownClient.Contact.REACHABLE)
            .map(member -> member.client().name())
            .collect(Collectors.toUnmodifiableSet());
    nowAway.stream()
        .filter(name -> !away.contains(name))
        .forEach(name -> absences.accept(name, true));
    away.stream()
        .filter(name -> !nowAway.contains(name))
        .forEach(name -> absences.accept(name, false));
    away = nowAway;
  }
}

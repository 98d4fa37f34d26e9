package io.octopus.coordinator.dispatch;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.octopus.coordinator.fleet.Fleet;
import io.octopus.coordinator.fleet.FleetBoard;
import io.octopus.coordinator.fleet.FleetMember;
import io.octopus.coordinator.fleet.FleetSnapshot;
import io.octopus.coordinator.fleet.KnownClient;
import io.octopus.protocol.WorkerName;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hands what the fleet says to those of this coordinator whom it concerns. */
public final class FleetFollower {

  /** Who else wants to know. */
  public interface Audience {

    /** A client went away, or is back. */
    void isAway(WorkerName client, boolean away);

    /** Something that users see of a client changed. */
    void changed(WorkerName client);

    /**
     * The clients that were there before the coordinator's start are back, or waited for enough.
     */
    void settled();
  }

  private final FleetBoard board;
  private final ActorRef<WorkerRouter.Command> router;
  private final Audience audience;
  private Map<WorkerName, FleetMember> shown = Map.of();

  private FleetFollower(
      FleetBoard board, ActorRef<WorkerRouter.Command> router, Audience audience) {
    this.board = board;
    this.router = router;
    this.audience = audience;
  }

  /**
   * Follows the fleet from now on.
   *
   * @param audience who else wants to know
   */
  public static Behavior<Fleet.Announcement> create(
      ActorRef<Fleet.Command> fleet,
      FleetBoard board,
      ActorRef<WorkerRouter.Command> router,
      ActorRef<Reattachment.Command> reattachment,
      Audience audience) {
    return Behaviors.setup(
        context -> {
          fleet.tell(new Fleet.Watch(context.getSelf()));
          var follower = new FleetFollower(board, router, audience);
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
    boolean settles = snapshot.isSettled() && !board.isSettled();
    board.show(snapshot);
    if (settles) {
      audience.settled();
    }
    router.tell(new WorkerRouter.FleetIs(snapshot));
    var now =
        snapshot.members().stream()
            .collect(Collectors.toMap(member -> member.client().name(), Function.identity()));
    Stream.concat(now.keySet().stream(), shown.keySet().stream())
        .distinct()
        .forEach(name -> compare(name, shown.get(name), now.get(name)));
    shown = now;
  }

  private void compare(WorkerName name, @Nullable FleetMember before, @Nullable FleetMember after) {
    if (!Objects.equals(before, after)) {
      audience.changed(name);
    }
    boolean wasAway = before != null && isAway(before);
    boolean isAway = after != null && isAway(after);
    if (wasAway != isAway) {
      audience.isAway(name, isAway);
    }
  }

  private static boolean isAway(FleetMember member) {
    return member.client().contact() != KnownClient.Contact.REACHABLE;
  }
}

package io.octopus.coordinator.fleet;

import akka.actor.typed.ActorRef;
import io.octopus.coordinator.task.FleetView;
import io.octopus.protocol.work.WorkerProtocol.ToWorker;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client in a snapshot of the fleet.
 *
 * @param link where to talk to it; null while it is not registered
 */
public record FleetMember(
    KnownClient client, ClientStatus status, @Nullable ActorRef<ToWorker> link) {

  /** Whether it may be given work. */
  public boolean takesWork() {
    return status.status() == FleetView.Status.ONLINE && !client.draining() && link != null;
  }

  /** Whether users see it as Online. */
  public boolean isOnline() {
    return status.status() == FleetView.Status.ONLINE;
  }

  /** Where to talk to it, while it is registered. */
  public Optional<ActorRef<ToWorker>> reach() {
    return Optional.ofNullable(link);
  }
}

package io.octopus.coordinator.dispatch;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.octopus.coordinator.fleet.ClientStatus;
import io.octopus.coordinator.fleet.FleetMember;
import io.octopus.coordinator.fleet.KnownClient;
import io.octopus.coordinator.task.FleetView;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.WorkerCapabilities;
import io.octopus.protocol.work.WorkerProtocol.ToWorker;
import java.time.Instant;
import java.util.Map;

/** Workers as the fleet shows them, all in their first life. */
final class FleetMembers {

  static final Incarnation LIFE = new Incarnation("life");

  private FleetMembers() {}

  static FleetMember online(WorkerName name, int slots) {
    return new FleetMember(
        client(name, slots, KnownClient.Contact.REACHABLE, false),
        new ClientStatus(FleetView.Status.ONLINE, ""),
        TestInbox.<ToWorker>create().getRef());
  }

  static FleetMember draining(FleetMember member) {
    return new FleetMember(
        client(member.client().name(), 4, KnownClient.Contact.REACHABLE, true),
        member.status(),
        member.link());
  }

  static FleetMember offline(WorkerName name) {
    return new FleetMember(
        client(name, 4, KnownClient.Contact.GONE, false),
        new ClientStatus(FleetView.Status.OFFLINE, "gone"),
        null);
  }

  private static KnownClient client(
      WorkerName name, int slots, KnownClient.Contact contact, boolean draining) {
    return new KnownClient(
        name,
        LIFE,
        new WorkerCapabilities("h", "os", "1", slots, Map.of(), 1, 1, ""),
        "127.0.0.1:2552",
        contact,
        Instant.EPOCH,
        draining,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}

package io.octopus.coordinator.http;

import io.octopus.coordinator.task.FleetView;
import io.octopus.protocol.WorkerName;
import java.util.List;
import java.util.Map;

/** A fleet of one client that takes work and two that do not. */
final class FakeFleet implements FleetView {
  volatile List<Client> clients =
      List.of(
          client("alpha", Status.ONLINE, false),
          client("beta", Status.ONLINE, true),
          client("gamma", Status.OFFLINE, false));

  static Client client(String name, Status status, boolean draining) {
    return new Client(new WorkerName(name), status, draining, Map.of("os", "linux"));
  }

  @Override
  public List<Client> clients() {
    return clients;
  }

  @Override
  public boolean isSettled() {
    return true;
  }
}

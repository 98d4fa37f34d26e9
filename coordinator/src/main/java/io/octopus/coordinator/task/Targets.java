package io.octopus.coordinator.task;

import io.octopus.protocol.WorkerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a firing reaches, judged by what the fleet is at this moment.
 *
 * @param clients one for each execution; empty for one that any client may run
 * @param skipped clients that are left out
 */
public record Targets(List<Optional<WorkerName>> clients, List<SkippedClient> skipped) {

  public Targets {
    clients = List.copyOf(clients);
    skipped = List.copyOf(skipped);
  }

  /** Whom the owner means: with {@code ALL}, every client that takes work now. */
  public static Targets of(Owner owner, Map<String, String> labels, FleetView fleet) {
    if (owner instanceof Owner.Anyone) {
      return new Targets(List.of(Optional.empty()), List.of());
    }
    if (owner instanceof Owner.Named named) {
      return of(List.of(named.worker()));
    }
    var clients = new ArrayList<Optional<WorkerName>>();
    var skipped = new ArrayList<SkippedClient>();
    for (var client : fleet.clients()) {
      reasonToSkip(client, labels)
          .ifPresentOrElse(
              reason -> skipped.add(new SkippedClient(client.name(), reason)),
              () -> clients.add(Optional.of(client.name())));
    }
    return new Targets(clients, skipped);
  }

  /** These clients and no others, whatever they are now. */
  static Targets of(List<WorkerName> clients) {
    return new Targets(clients.stream().map(Optional::of).toList(), List.of());
  }

  private static Optional<String> reasonToSkip(
      FleetView.Client client, Map<String, String> labels) {
    if (!client.isLabelled(labels)) {
      return Optional.of("label_mismatch");
    }
    if (client.status() != FleetView.Status.ONLINE) {
      return Optional.of("client_offline");
    }
    return client.draining() ? Optional.of("draining") : Optional.empty();
  }
}

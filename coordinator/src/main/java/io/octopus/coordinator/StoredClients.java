package io.octopus.coordinator;

import akka.Done;
import io.octopus.coordinator.fleet.ClientMemory;
import io.octopus.coordinator.fleet.FleetBoard;
import io.octopus.coordinator.fleet.FleetMember;
import io.octopus.coordinator.fleet.KnownClient;
import io.octopus.coordinator.store.ClientRow;
import io.octopus.coordinator.store.ClientStore;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.WorkerCapabilities;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The fleet's clients as rows of the store. */
record StoredClients(ClientStore rows, FleetBoard board) implements ClientMemory {

  @Override
  public CompletionStage<List<KnownClient>> load() {
    return rows.all().thenApply(all -> all.stream().flatMap(row -> client(row).stream()).toList());
  }

  @Override
  public CompletionStage<Done> save(List<FleetMember> clients) {
    return rows.upsert(clients.stream().map(this::row).toList());
  }

  @Override
  public CompletionStage<Done> forget(WorkerName name) {
    return rows.delete(name);
  }

  private ClientRow row(FleetMember member) {
    var client = member.client();
    var can = client.capabilities();
    return new ClientRow(
        client.name(),
        statusText(member),
        nullIfEmpty(member.status().why()),
        can.host(),
        client.address(),
        can.os(),
        can.version(),
        can.slots(),
        board.running(client.name()).size(),
        can.labels(),
        client.draining(),
        client.lastSeen(),
        client.joinedAt(),
        client.contact() == KnownClient.Contact.LEFT,
        client.incarnation(),
        can.cpus(),
        can.memoryBytes(),
        true,
        can.limits());
  }

  private static String statusText(FleetMember member) {
    return switch (member.status().status()) {
      case ONLINE -> "Online";
      case IDLE -> "Idle";
      case OFFLINE -> "Offline";
    };
  }

  private static Optional<KnownClient> client(ClientRow row) {
    Incarnation incarnation = row.incarnation();
    Instant lastSeen = row.lastSeen();
    if (incarnation == null || lastSeen == null) {
      return Optional.empty();
    }
    return Optional.of(
        new KnownClient(
            row.name(),
            incarnation,
            new WorkerCapabilities(
                text(row.host()),
                text(row.os()),
                text(row.version()),
                row.slots(),
                row.labels(),
                row.cpus(),
                row.memoryBytes(),
                "",
                row.limits()),
            text(row.address()),
            row.left() ? KnownClient.Contact.LEFT : KnownClient.Contact.GONE,
            lastSeen,
            row.draining(),
            lastSeen,
            row.joinedAt() == null ? lastSeen : row.joinedAt()));
  }

  private static @Nullable String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}

package io.octopus.coordinator.store;

import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client as the coordinator remembers it.
 *
 * @param status Online, Idle or Offline
 * @param why the status in words
 * @param draining an operator wants it to get no new work
 * @param left it left in good order
 * @param limits what plugins are held to there, in words; null when it has not said
 * @param incarnation its last process; null for one that never registered
 */
public record ClientRow(
    WorkerName name,
    String status,
    @Nullable String why,
    @Nullable String host,
    @Nullable String address,
    @Nullable String os,
    @Nullable String version,
    int slots,
    int busy,
    Map<String, String> labels,
    boolean draining,
    @Nullable Instant lastSeen,
    @Nullable Instant joinedAt,
    boolean left,
    @Nullable Incarnation incarnation,
    long cpus,
    long memoryBytes,
    boolean pluginsInSync,
    @Nullable Map<String, String> limits) {

  public ClientRow {
    labels = Map.copyOf(labels);
    limits = limits == null ? null : Map.copyOf(limits);
  }
}

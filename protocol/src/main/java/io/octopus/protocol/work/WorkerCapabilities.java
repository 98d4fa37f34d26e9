package io.octopus.protocol.work;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is and can do, as it registers.
 *
 * @param slots how many attempts it runs at once
 * @param health empty when it can work, otherwise why not, in words for operators
 * @param limits what plugins are held to there, and how, by name; null from an older worker
 */
public record WorkerCapabilities(
    String host,
    String os,
    String version,
    int slots,
    Map<String, String> labels,
    long cpus,
    long memoryBytes,
    String health,
    @Nullable Map<String, String> limits) {

  public WorkerCapabilities {
    labels = Map.copyOf(labels);
    limits = limits == null ? null : Map.copyOf(limits);
  }

  /** As an older worker says it. */
  public WorkerCapabilities(
      String host,
      String os,
      String version,
      int slots,
      Map<String, String> labels,
      long cpus,
      long memoryBytes,
      String health) {
    this(host, os, version, slots, labels, cpus, memoryBytes, health, null);
  }

  /** The same with another state of health. */
  public WorkerCapabilities withHealth(String newHealth) {
    return new WorkerCapabilities(
        host, os, version, slots, labels, cpus, memoryBytes, newHealth, limits);
  }
}

package io.octopus.protocol.work;

import java.util.Map;

/**
 * What a worker is and can do, as it registers.
 *
 * @param slots how many attempts it runs at once
 * @param health empty when it can work, otherwise why not, in words for operators
 */
public record WorkerCapabilities(
    String host,
    String os,
    String version,
    int slots,
    Map<String, String> labels,
    long cpus,
    long memoryBytes,
    String health) {

  public WorkerCapabilities {
    labels = Map.copyOf(labels);
  }
}

package io.octopus.coordinator.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a list shows; null or empty for all.
 *
 * @param status any of these
 */
public record RunFilter(@Nullable String taskId, List<String> status) {

  public RunFilter {
    status = List.copyOf(status);
  }

  /** All runs. */
  public static RunFilter all() {
    return new RunFilter(null, List.of());
  }
}

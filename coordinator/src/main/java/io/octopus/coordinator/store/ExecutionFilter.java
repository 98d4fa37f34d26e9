package io.octopus.coordinator.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which executions a list shows; null or empty for all.
 *
 * @param status any of these
 * @param since created at this time or later
 * @param until created before this time
 */
public record ExecutionFilter(
    @Nullable String taskId,
    @Nullable String runId,
    @Nullable String client,
    List<String> status,
    @Nullable Instant since,
    @Nullable Instant until) {

  public ExecutionFilter {
    status = List.copyOf(status);
  }

  /** All executions. */
  public static ExecutionFilter all() {
    return new ExecutionFilter(null, null, null, List.of(), null, null);
  }
}

package io.octopus.coordinator.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a list shows; null or empty for all.
 *
 * @param status any of these
 * @param owner compared without case
 * @param client has an execution of the task
 * @param q a part of id, name, description, plugin, action or owner
 */
public record TaskFilter(
    List<String> status,
    @Nullable String owner,
    @Nullable String plugin,
    @Nullable String type,
    @Nullable String client,
    @Nullable String q) {

  public TaskFilter {
    status = List.copyOf(status);
  }

  /** All tasks that are not deleted. */
  public static TaskFilter all() {
    return new TaskFilter(List.of(), null, null, null, null, null);
  }
}

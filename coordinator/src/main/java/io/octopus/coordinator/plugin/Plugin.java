package io.octopus.coordinator.plugin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One plugin as users see it.
 *
 * @param fileName with the suffix that says the language
 * @param version what the plugin says of itself, or empty
 * @param sha256 the content that serves; empty when no good one has been seen yet
 * @param actions the list of actions with their parameters, a JSON array as text
 * @param requirements what must be installed before it runs, a JSON array of texts
 * @param size of the file in bytes
 * @param createdAt when this content was first seen
 * @param createdBy who brought it: a user, or the folder
 * @param updatedAt when this content began to serve, or its file was found broken
 * @param updatedBy who did that: a user, or the folder
 * @param source how the content came to serve: folder, push or rollback
 * @param error why the file that is in the folder now does not serve; null when nothing is wrong
 */
public record Plugin(
    String name,
    String fileName,
    String version,
    String sha256,
    @Nullable String language,
    @Nullable String description,
    String actions,
    String requirements,
    long size,
    Instant createdAt,
    String createdBy,
    Instant updatedAt,
    String updatedBy,
    String source,
    @Nullable String error) {

  /** Whether executions can be given this plugin. */
  public boolean isServing() {
    return !sha256.isEmpty();
  }
}

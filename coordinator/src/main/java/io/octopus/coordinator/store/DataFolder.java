package io.octopus.coordinator.store;

import java.nio.file.Path;

/** Where a coordinator keeps its files; only its own user may read them. */
public record DataFolder(Path path) {

  /** Journal, read model and primary data. */
  public Path database() {
    return path.resolve("octopus.db");
  }

  /** What executions print. */
  public Path outputDatabase() {
    return path.resolve("output.db");
  }

  Path lock() {
    return path.resolve("coordinator.lock");
  }
}

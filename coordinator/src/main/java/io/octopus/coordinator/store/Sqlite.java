package io.octopus.coordinator.store;

import java.nio.file.Path;

/** How a database file is opened. */
final class Sqlite {

  private static final String ALWAYS =
      "?journal_mode=WAL&busy_timeout=5000&foreign_keys=true"
          // or the driver would ask for the key of each row that was inserted
          + "&jdbc.get_generated_keys=false";

  private Sqlite() {}

  /** A commit is on the disk when it returns. */
  static String durable(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath() + ALWAYS + "&synchronous=FULL";
  }

  /**
   * A commit survives the end of the process, and that of the machine once somebody's durable
   * commit or a checkpoint follows.
   */
  static String quick(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath() + ALWAYS + "&synchronous=NORMAL";
  }
}

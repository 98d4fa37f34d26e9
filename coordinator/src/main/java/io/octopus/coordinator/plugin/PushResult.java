package io.octopus.coordinator.plugin;

/** What became of a file that was pushed. */
public sealed interface PushResult {

  /** Nothing served under this name; now the file does. */
  record Created(Plugin plugin) implements PushResult {}

  /** The file is a new version and serves from now on. */
  record Updated(Plugin plugin) implements PushResult {}

  /** This content served already. */
  record Unchanged(Plugin plugin) implements PushResult {}

  /**
   * The file is not valid in its language; what served before goes on.
   *
   * @param line where, counted from 1; 0 when no line can be named
   */
  record Broken(int line, String message) implements PushResult {}

  /** The file cannot be a plugin, whatever is in it. */
  record Refused(String rule) implements PushResult {}
}

package io.octopus.coordinator.plugin;

import org.jspecify.annotations.Nullable;

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

  /**
   * It cannot be a plugin, whatever is in the file.
   *
   * @param part what is wrong: filename, body or requirements
   */
  record Refused(String part, String rule) implements PushResult {}

  /**
   * Something else serves than what the change was made of.
   *
   * @param serving its hash; null when nothing serves
   */
  record Stale(@Nullable String serving) implements PushResult {}

  /** There is nothing whose requirements could be changed. */
  record Unknown() implements PushResult {}
}

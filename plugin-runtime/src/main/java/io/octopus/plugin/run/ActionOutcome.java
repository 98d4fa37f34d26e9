package io.octopus.plugin.run;

import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public sealed interface ActionOutcome {

  /**
   * The action did its work.
   *
   * @param resultJson what it returned, as JSON; {@code null} (the text) for nothing
   * @param message the result's own message, if it has one
   */
  record Completed(String resultJson, @Nullable String message) implements ActionOutcome {}

  /**
   * The action did not do its work.
   *
   * @param reason one of the codes in {@link FailureReason}
   * @param resultJson what it returned all the same; {@code null} (the text) when nothing
   */
  record Failed(String reason, ActionError error, String resultJson) implements ActionOutcome {}

  /** The attempt took longer than it was given; its processes were killed. */
  record TimedOut(String message) implements ActionOutcome {}

  /** The attempt was cancelled; its processes were killed. */
  record Cancelled() implements ActionOutcome {}
}

package io.octopus.plugin.run;

import java.util.concurrent.CompletionStage;

/** One attempt under way. */
public interface RunningAction {

  /**
   * How the attempt ended. Completes once, never exceptionally, after the last output was given to
   * the sink and the last process of the attempt is gone.
   */
  CompletionStage<ActionOutcome> outcome();

  /**
   * Kills the whole process tree; the outcome becomes {@link ActionOutcome.Cancelled}, unless the
   * attempt has ended already. Does not wait.
   */
  void cancel();
}

package io.octopus.plugin.run;

import java.io.IOException;

/** Runs attempts of one language's plugins. */
interface LanguageRunner {

  /**
   * Gets ready what an attempt needs, which does not count against its time limit; answers with
   * what then runs it. Ends soon after {@link Attempt#isRunning} became false.
   */
  default LanguageRunner prepare(Attempt attempt) throws IOException, InterruptedException {
    return this;
  }

  /**
   * Runs an attempt to its end on the calling thread. Every process it starts is given to {@link
   * Attempt#started} first thing, so that a deadline or a cancel can kill it; this method then just
   * sees the process end.
   */
  ActionOutcome run(Attempt attempt) throws IOException, InterruptedException;
}

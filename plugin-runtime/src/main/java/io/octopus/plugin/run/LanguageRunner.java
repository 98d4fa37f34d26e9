package io.octopus.plugin.run;

import java.io.IOException;

/** Runs attempts of one language's plugins. */
interface LanguageRunner {

  /**
   * Runs an attempt to its end on the calling thread. Every process it starts is given to {@link
   * Attempt#started} first thing, so that a deadline or a cancel can kill it; this method then just
   * sees the process end.
   */
  ActionOutcome run(Attempt attempt) throws IOException, InterruptedException;
}

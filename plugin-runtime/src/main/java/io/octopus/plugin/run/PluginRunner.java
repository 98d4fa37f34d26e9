package io.octopus.plugin.run;

/** Starts actions of plugins; one runner serves a whole worker. */
public interface PluginRunner extends AutoCloseable {

  /**
   * Starts one attempt and returns at once. Whatever goes wrong, a file that cannot be started
   * included, is told by the outcome, never thrown.
   */
  RunningAction start(ActionRequest request, OutputSink output);

  /** Kills what still runs and removes what the runner keeps on disk. */
  @Override
  void close();
}

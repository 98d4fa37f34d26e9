package io.octopus.plugin.run;

import java.util.Map;

/** Starts actions of plugins; one runner serves a whole worker. */
public interface PluginRunner extends AutoCloseable {

  /**
   * Starts one attempt and returns at once. Whatever goes wrong, a file that cannot be started
   * included, is told by the outcome, never thrown.
   */
  RunningAction start(ActionRequest request, OutputSink output);

  /** Why plugins of some language cannot be run here, for operators; empty when all can. */
  default String health() {
    return "";
  }

  /** What plugins are held to here and how, in words for operators, by name. */
  default Map<String, String> limits() {
    return Map.of();
  }

  /** Kills what still runs and removes what the runner keeps on disk. */
  @Override
  void close();
}

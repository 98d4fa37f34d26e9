package io.octopus.plugin.run;

/** Makes the runner of a host. */
public final class PluginRunners {

  private PluginRunners() {}

  /**
   * A runner for every language that this host can run. Ends first what an earlier process, killed
   * in the middle of its work, has left running in the same work directory.
   */
  public static PluginRunner forHost(RunnerSettings settings) {
    return new RunnerByLanguage(settings);
  }
}

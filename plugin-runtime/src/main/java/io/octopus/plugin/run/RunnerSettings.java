package io.octopus.plugin.run;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a runner needs to know about its host.
 *
 * @param python the interpreter: a path, or a name looked up on the PATH
 * @param workDirectory the runner's own folder: working directories and records of processes
 */
public record RunnerSettings(Path python, Path workDirectory, InstantSource clock, Limits limits) {

  public RunnerSettings(Path python, Path workDirectory, InstantSource clock) {
    this(python, workDirectory, clock, Limits.NONE);
  }

  /** Working directories are handed to processes, so their paths must not be relative. */
  public RunnerSettings {
    workDirectory = workDirectory.toAbsolutePath();
  }
}

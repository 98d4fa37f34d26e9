package io.octopus.plugin.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a runner needs to know about its host.
 *
 * @param python the interpreter: a path, or a name looked up on the PATH
 * @param workDirectory the runner's own folder: working directories and records of processes
 * @param slots how many executions run at once, usually; so many warm processes may wait for more
 */
public record RunnerSettings(
    Path python,
    Path workDirectory,
    int slots,
    InstantSource clock,
    Limits limits,
    PythonPackages packages,
    JavaPlugins java) {

  /** Working directories are handed to processes, so their paths must not be relative. */
  public RunnerSettings {
    workDirectory = workDirectory.toAbsolutePath();
  }

  /** Everything else as it usually is, in and beside the work directory. */
  public RunnerSettings(Path python, Path workDirectory, InstantSource clock) {
    this(
        python,
        workDirectory,
        2 * Runtime.getRuntime().availableProcessors(),
        clock,
        Limits.NONE,
        new PythonPackages(
            workDirectory.toAbsolutePath().resolveSibling("venvs"),
            Optional.empty(),
            Duration.ofDays(30)),
        new JavaPlugins(List.of(), Set.of()));
  }

  /** For a host that runs more, or fewer, at once. */
  public RunnerSettings withSlots(int other) {
    return new RunnerSettings(python, workDirectory, other, clock, limits, packages, java);
  }

  /** With plugins held to limits. */
  public RunnerSettings withLimits(Limits other) {
    return new RunnerSettings(python, workDirectory, slots, clock, other, packages, java);
  }

  /** With other sources and places of packages. */
  public RunnerSettings withPackages(PythonPackages other) {
    return new RunnerSettings(python, workDirectory, slots, clock, limits, other, java);
  }

  /** With another way to run Java plugins. */
  public RunnerSettings withJava(JavaPlugins other) {
    return new RunnerSettings(python, workDirectory, slots, clock, limits, packages, other);
  }
}

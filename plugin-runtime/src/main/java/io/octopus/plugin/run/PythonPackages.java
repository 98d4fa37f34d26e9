package io.octopus.plugin.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where plugins' packages are kept and come from.
 *
 * @param folder the virtual environments
 * @param wheels a folder to install from, without network; missing: pip's own sources
 * @param keep how long an environment is kept that nobody uses
 */
public record PythonPackages(Path folder, Optional<Path> wheels, Duration keep) {

  /** Environments are handed to processes, so their paths must not be relative. */
  public PythonPackages {
    folder = folder.toAbsolutePath();
    wheels = wheels.map(Path::toAbsolutePath);
  }
}

package io.octopus.cli;

import java.nio.file.Path;

/** Where the launcher found this installation. */
final class Installation {
  static final String HOME = "octopus.home";

  private Installation() {}

  static Path home() {
    return Path.of(System.getProperty(HOME, "")).toAbsolutePath().normalize();
  }
}

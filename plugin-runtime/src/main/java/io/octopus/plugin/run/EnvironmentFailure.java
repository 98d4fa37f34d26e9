package io.octopus.plugin.run;

import java.io.IOException;

/** Why a plugin's packages could not be installed, with the end of what the installer said. */
final class EnvironmentFailure extends IOException {
  private static final long serialVersionUID = 1;

  EnvironmentFailure(String message) {
    super(message);
  }
}

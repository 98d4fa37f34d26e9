package io.octopus.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs commands of the operating system. */
final class Shell {
  private Shell() {}

  /** What the command complains about, nothing if it worked. */
  static String run(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? "" : "failed: " + said;
    } catch (IOException noSuchCommand) {
      return noSuchCommand.toString();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return interrupted.toString();
    }
  }
}

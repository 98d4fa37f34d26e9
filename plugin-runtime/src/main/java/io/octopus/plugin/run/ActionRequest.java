package io.octopus.plugin.run;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What one attempt is asked to do.
 *
 * @param file a verified local copy of the plugin; its suffix says the language
 * @param argsJson a JSON array
 * @param kwargsJson a JSON object
 * @param timeout wall-clock time from the start of the process to its end
 * @param maxResultBytes a result whose JSON is longer fails the attempt
 */
public record ActionRequest(
    Path file,
    String plugin,
    String version,
    String action,
    String argsJson,
    String kwargsJson,
    Duration timeout,
    ActionContext context,
    long maxResultBytes) {

  /** Refuses what no attempt could be started with. */
  public ActionRequest {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
    if (maxResultBytes < 1) {
      throw new IllegalArgumentException("maxResultBytes must be positive: " + maxResultBytes);
    }
  }
}

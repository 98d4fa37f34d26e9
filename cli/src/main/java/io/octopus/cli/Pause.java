package io.octopus.cli;

import java.util.concurrent.TimeUnit;

/** The time between two looks at something that changes on the server. */
final class Pause {
  private Pause() {}

  static void shortly() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}

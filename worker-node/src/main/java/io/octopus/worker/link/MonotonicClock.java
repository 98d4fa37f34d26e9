package io.octopus.worker.link;

import java.time.Duration;

/** Time that no one can set: how long ago counts, not what time it is. */
@FunctionalInterface
public interface MonotonicClock {

  /** The time since some fixed moment. */
  Duration now();

  /** This machine's. */
  static MonotonicClock system() {
    return () -> Duration.ofNanos(System.nanoTime());
  }
}

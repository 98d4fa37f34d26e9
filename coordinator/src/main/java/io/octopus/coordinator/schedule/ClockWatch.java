package io.octopus.coordinator.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Sees when the wall clock was set: when it moved otherwise than a clock that nobody can set. Small
 * corrections, as time services make them, do not count.
 */
final class ClockWatch {

  private static final Duration SMALL = Duration.ofSeconds(5);

  private final InstantSource wall;
  private final LongSupplier nanos;
  private Instant lastWall;
  private long lastNanos;

  /**
   * Watches from now on.
   *
   * @param nanos a clock that only goes forward, in nanoseconds from anywhere
   */
  ClockWatch(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.lastWall = wall.instant();
    this.lastNanos = nanos.getAsLong();
  }

  /** By how much the clock was set since this was asked last; negative: back. */
  Optional<Duration> step() {
    var nowWall = wall.instant();
    var nowNanos = nanos.getAsLong();
    var step = Duration.between(lastWall, nowWall).minusNanos(nowNanos - lastNanos);
    lastWall = nowWall;
    lastNanos = nowNanos;
    return step.abs().compareTo(SMALL) > 0 ? Optional.of(step) : Optional.empty();
  }
}

package io.octopus.coordinator.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a task fires by itself, and what happens to firings that meet unfinished ones or come late.
 *
 * @param startAt the first time it may fire; null for at once
 * @param endAt the last time it may fire; null for ever
 * @param maxConcurrentRuns how many of its runs may be unfinished at once; null for any number
 */
public record Schedule(
    Trigger trigger,
    @Nullable Instant startAt,
    @Nullable Instant endAt,
    OverlapPolicy overlap,
    MisfirePolicy misfire,
    @Nullable Integer maxConcurrentRuns) {

  /** Fires once, at a time or at once. */
  public static Schedule once(@Nullable Instant startAt) {
    return new Schedule(
        new Trigger.Once(false), startAt, null, OverlapPolicy.SKIP, MisfirePolicy.FIRE_ONCE, null);
  }

  public Schedule {
    if (startAt != null && endAt != null && endAt.isBefore(startAt)) {
      throw new IllegalArgumentException("a schedule ends at " + endAt + ", before " + startAt);
    }
  }
}

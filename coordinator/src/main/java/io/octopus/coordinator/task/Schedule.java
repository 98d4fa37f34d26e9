package io.octopus.coordinator.task;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
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

  /** Whether it counts from the end of one run to the next. */
  boolean isFixedDelay() {
    return trigger instanceof Trigger.Interval interval
        && interval.mode() == Trigger.IntervalMode.FIXED_DELAY;
  }

  /** Whether it may still fire at this time. */
  boolean isBeforeEnd(Instant time) {
    return endAt == null || !time.isAfter(endAt);
  }

  /** Whether it fires at the same times; its policies may differ. */
  boolean firesLike(Schedule other) {
    return trigger.equals(other.trigger)
        && Objects.equals(startAt, other.startAt)
        && Objects.equals(endAt, other.endAt);
  }

  /** The time it fires at, if that is only one. */
  public Optional<Instant> onlyTime(Instant givenAt) {
    return trigger.isRecurring()
        ? Optional.empty()
        : Optional.of(startAt == null ? givenAt : startAt);
  }

  public Schedule {
    if (startAt != null && endAt != null && endAt.isBefore(startAt)) {
      throw new IllegalArgumentException("a schedule ends at " + endAt + ", before " + startAt);
    }
  }
}

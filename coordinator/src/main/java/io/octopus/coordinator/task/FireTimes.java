package io.octopus.coordinator.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The nominal times at which a schedule fires. Pure: the same schedule and anchor always give the
 * same times.
 */
public final class FireTimes {

  private final Schedule schedule;
  private final Instant anchor;

  /**
   * @param anchor what an interval without a start is counted from: when the schedule was given, or
   *     for a fixed delay when the last run ended
   */
  public FireTimes(Schedule schedule, Instant anchor) {
    this.schedule = schedule;
    this.anchor = anchor;
  }

  /**
   * The first nominal time after this one, within the schedule's bounds.
   *
   * @param after exclusive; to find the very first time, {@link Instant#MIN}
   */
  public Optional<Instant> after(Instant after) {
    return next(after).filter(time -> schedule.endAt() == null || !time.isAfter(schedule.endAt()));
  }

  private Optional<Instant> next(Instant after) {
    if (schedule.trigger() instanceof Trigger.Interval interval) {
      return Optional.of(nextInterval(interval.every(), after));
    }
    if (schedule.trigger() instanceof Trigger.Cron cron) {
      return CronTimes.of(cron).after(after);
    }
    var once = schedule.startAt() == null ? anchor : schedule.startAt();
    return once.isAfter(after) ? Optional.of(once) : Optional.empty();
  }

  private Instant nextInterval(Duration every, Instant after) {
    var first = schedule.startAt() == null ? anchor.plus(every) : schedule.startAt();
    if (after.isBefore(first)) {
      return first;
    }
    long periods = Duration.between(first, after).dividedBy(every) + 1;
    return first.plus(every.multipliedBy(periods));
  }
}

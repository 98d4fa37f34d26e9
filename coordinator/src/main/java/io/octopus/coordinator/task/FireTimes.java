package io.octopus.coordinator.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The nominal times at which a schedule fires. Pure: the same schedule and anchor always give the
 * same times.
 *
 * <p>Something recurring has no times before its anchor, however early it starts; something that
 * fires once has its time also when that is past.
 */
public final class FireTimes {

  /** Nothing fires after the years that everybody can write. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final Schedule schedule;
  private final Instant anchor;
  private final @Nullable CronTimes cron;

  /**
   * @param anchor when the schedule was given, or for a fixed delay when the last run ended; what
   *     an interval without a start is counted from
   */
  public FireTimes(Schedule schedule, Instant anchor) {
    this.schedule = schedule;
    this.anchor = anchor;
    this.cron = schedule.trigger() instanceof Trigger.Cron given ? CronTimes.of(given) : null;
  }

  /**
   * The first nominal time after this one, within the schedule's bounds.
   *
   * @param after exclusive; to find the very first time, {@link Instant#MIN}
   */
  public Optional<Instant> after(Instant after) {
    if (!after.isBefore(LAST) || !anchor.isBefore(LAST)) {
      return Optional.empty();
    }
    var last = schedule.endAt() == null || schedule.endAt().isAfter(LAST) ? LAST : schedule.endAt();
    return next(after).filter(time -> !time.isAfter(last));
  }

  /** The first so many nominal times after this one, or as many as there are. */
  public List<Instant> after(Instant after, int count) {
    var times = new ArrayList<Instant>();
    var time = after(after);
    while (time.isPresent() && times.size() < count) {
      times.add(time.get());
      time = after(time.get());
    }
    return times;
  }

  /** Times of the schedule that a change of clocks touches, one for each change before this. */
  public List<ClockChange> clockChanges(Instant until) {
    var end =
        schedule.endAt() == null || schedule.endAt().isAfter(until) ? until : schedule.endAt();
    return cron == null ? List.of() : cron.clockChanges(start(), end);
  }

  private Optional<Instant> next(Instant after) {
    if (schedule.trigger() instanceof Trigger.Interval interval) {
      return Optional.of(nextInterval(interval, after));
    }
    if (cron != null) {
      return cron.after(later(after, start().minusNanos(1)));
    }
    var once = schedule.startAt() == null ? anchor : schedule.startAt();
    return once.isAfter(after) ? Optional.of(once) : Optional.empty();
  }

  private Instant nextInterval(Trigger.Interval interval, Instant after) {
    var every = interval.every();
    var first = first(interval);
    var from = later(after, anchor.minusNanos(1));
    if (from.isBefore(first)) {
      return first;
    }
    long periods = Duration.between(first, from).dividedBy(every) + 1;
    return first.plus(every.multipliedBy(periods));
  }

  /** A fixed delay counts from the anchor as soon as its start is past. */
  private Instant first(Trigger.Interval interval) {
    var start = schedule.startAt();
    if (start != null
        && (interval.mode() == Trigger.IntervalMode.FIXED_RATE || !start.isBefore(anchor))) {
      return start;
    }
    return anchor.plus(interval.every());
  }

  private Instant start() {
    return later(anchor, schedule.startAt() == null ? anchor : schedule.startAt());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}

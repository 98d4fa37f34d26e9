package io.octopus.coordinator.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nominal times of a task's schedule that have come and are not accounted for yet.
 *
 * @param first the earliest
 * @param count how many; of a cron expression at least so many
 * @param latest the last of them, in order, not more than {@link #MOST_LISTED}
 */
record DueTimes(Instant first, long count, List<Instant> latest) {

  /** How many may be fired one by one, and the one before them. */
  static final int MOST_LISTED = 101;

  /** From this lateness on a nominal time was missed. */
  private static final Duration TOLERANCE = Duration.ofSeconds(60);

  /** A cron expression's times are counted one by one, so that somewhere counting has to stop. */
  private static final int MOST_COUNTED = 10_000;

  DueTimes {
    latest = List.copyOf(latest);
  }

  /** This one time. */
  static DueTimes only(Instant time) {
    return new DueTimes(time, 1, List.of(time));
  }

  /** The earliest nominal time that is not accounted for, due or to come. */
  static Optional<Instant> next(TaskState.Live task) {
    var timetable = task.timetable();
    var schedule = task.definition().schedule();
    if (timetable.cancelled() || (schedule.isFixedDelay() && !task.runs().isEmpty())) {
      return Optional.empty();
    }
    var accounted = timetable.accountedUntil();
    if (accounted != null && !schedule.trigger().isRecurring()) {
      return Optional.empty();
    }
    if (accounted != null
        && schedule.isFixedDelay()
        && schedule.trigger() instanceof Trigger.Interval interval) {
      return Optional.of(timetable.anchor().plus(interval.every())).filter(schedule::isBeforeEnd);
    }
    return new FireTimes(schedule, timetable.anchor())
        .after(accounted == null ? Instant.MIN : accounted);
  }

  /** Those that have come at this time. */
  static Optional<DueTimes> of(TaskState.Live task, Instant now) {
    return next(task).filter(first -> !first.isAfter(now)).map(first -> from(first, task, now));
  }

  private static DueTimes from(Instant first, TaskState.Live task, Instant now) {
    var schedule = task.definition().schedule();
    if (!schedule.trigger().isRecurring() || schedule.isFixedDelay()) {
      return only(first);
    }
    if (schedule.trigger() instanceof Trigger.Interval interval) {
      var until =
          schedule.endAt() != null && schedule.endAt().isBefore(now) ? schedule.endAt() : now;
      return evenly(first, interval.every(), until);
    }
    return counted(first, new FireTimes(schedule, task.timetable().anchor()), now);
  }

  private static DueTimes evenly(Instant first, Duration every, Instant until) {
    long periods = Duration.between(first, until).dividedBy(every);
    var latest = new ArrayList<Instant>();
    for (long period = Math.max(0, periods + 1 - MOST_LISTED); period <= periods; period++) {
      latest.add(first.plus(every.multipliedBy(period)));
    }
    return new DueTimes(first, periods + 1, latest);
  }

  private static DueTimes counted(Instant first, FireTimes times, Instant now) {
    var latest = new ArrayDeque<Instant>();
    int count = 0;
    for (var time = Optional.of(first); isDue(time, now); time = times.after(time.get())) {
      if (++count > MOST_COUNTED) {
        return new DueTimes(first, MOST_COUNTED, backFrom(now, times));
      }
      remember(latest, time.get());
    }
    return new DueTimes(first, count, List.copyOf(latest));
  }

  /** The latest times, found by looking back further and further. */
  private static List<Instant> backFrom(Instant now, FireTimes times) {
    for (var back = Duration.ofMinutes(1); ; back = back.multipliedBy(2)) {
      var latest = new ArrayDeque<Instant>();
      int count = 0;
      var from = now.minus(back);
      for (var time = times.after(from); isDue(time, now); time = times.after(time.get())) {
        remember(latest, time.get());
        count++;
      }
      if (count >= MOST_LISTED) {
        return List.copyOf(latest);
      }
    }
  }

  private static boolean isDue(Optional<Instant> time, Instant now) {
    return time.filter(found -> !found.isAfter(now)).isPresent();
  }

  private static void remember(ArrayDeque<Instant> latest, Instant time) {
    latest.add(time);
    if (latest.size() > MOST_LISTED) {
      latest.remove();
    }
  }

  /** Whether a run was started for a time that had been missed. */
  static boolean wasMissed(Run run) {
    var startedAt = run.startedAt();
    if (startedAt == null || run.trigger() == null || !run.trigger().isScheduled()) {
      return false;
    }
    return isLate(run.fireTime(), startedAt)
        || new FireTimes(run.work().schedule(), run.fireTime())
            .after(run.fireTime())
            .filter(next -> !next.isAfter(startedAt))
            .isPresent();
  }

  private static boolean isLate(Instant time, Instant now) {
    return Duration.between(time, now).compareTo(TOLERANCE) > 0;
  }

  Instant last() {
    return latest.get(latest.size() - 1);
  }

  /** The earliest of the last {@code most} times. */
  Instant firstOfLast(int most) {
    return latest.get(Math.max(0, latest.size() - most));
  }

  /** All but the last {@code kept} times, if there are more. */
  Optional<DueTimes> allBut(int kept) {
    if (count <= kept) {
      return Optional.empty();
    }
    return Optional.of(
        new DueTimes(first, count - kept, List.of(latest.get(latest.size() - kept - 1))));
  }

  /** Whether also the last of them was missed, not only those before it. */
  boolean isLastMissed(Instant now) {
    return isLate(last(), now);
  }

  /** Whether any of them was missed: it is late, or its next time has come as well. */
  boolean isAnyMissed(Instant now) {
    return count > 1 || isLastMissed(now);
  }
}

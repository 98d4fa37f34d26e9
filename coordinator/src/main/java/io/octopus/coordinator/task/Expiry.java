package io.octopus.coordinator.task;

import java.time.Duration;
import java.time.Instant;

/** How long a run's executions may wait. */
final class Expiry {

  private static final Duration LONGEST_WAIT = Duration.ofDays(7);
  private static final Duration SHORTEST_DELAY = Duration.ofMinutes(1);

  private static final Duration SHORTEST_RETRY = Duration.ofMinutes(1);

  private Expiry() {}

  /**
   * Until when the executions of a run that starts now may wait. Those of a recurring task make
   * room for its next firing, so that a client that went home cannot stop the schedule.
   */
  static Instant of(TaskState.Live task, Firing.Request request, Instant now) {
    var schedule = task.definition().schedule();
    if (task.definition().expiresAfter() != null) {
      return now.plus(task.definition().expiresAfter());
    }
    if (!request.trigger().isScheduled()
        || !schedule.trigger().isRecurring()
        || request.overlap() == OverlapPolicy.QUEUE_ONE) {
      return now.plus(LONGEST_WAIT);
    }
    if (schedule.isFixedDelay() && schedule.trigger() instanceof Trigger.Interval interval) {
      boolean isShort = interval.every().compareTo(SHORTEST_DELAY) < 0;
      return now.plus(isShort ? SHORTEST_DELAY : interval.every());
    }
    var from = request.fireTime().isAfter(now) ? request.fireTime() : now;
    return new FireTimes(schedule, task.timetable().anchor())
        .after(from)
        .orElseGet(() -> now.plus(LONGEST_WAIT));
  }

  /** Until when an execution may wait for its next attempt: as long again as for the first. */
  static Instant ofRetry(Run run, Instant from) {
    var patience = Duration.between(run.fireTime(), run.expiresAt());
    return from.plus(patience.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : patience);
  }
}

package io.octopus.coordinator.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a task got with its schedule: every nominal time up to one has its run or its skip
 * record, and every one after it is still to come.
 *
 * @param generation counts the schedules the task had, from 1
 * @param anchor what an interval is counted from: when the schedule was given, or for a fixed delay
 *     when the last run ended
 * @param accountedUntil the latest nominal time of this generation that has its record; null before
 *     the first
 * @param cancelled whether nothing more is to come
 * @param lastSkip the newest skip record while it may still grow: nothing happened since
 */
record Timetable(
    int generation,
    Instant anchor,
    @Nullable Instant accountedUntil,
    boolean cancelled,
    boolean paused,
    TaskEvent.@Nullable RunsSkipped lastSkip) {

  /** Of a schedule given now. */
  static Timetable starting(Instant at) {
    return new Timetable(1, at, null, false, false, null);
  }

  /** Of a task that was stored before there were schedules. */
  static Timetable beforeSchedules(@Nullable TaskStatus status) {
    boolean fired = status != TaskStatus.Created;
    return new Timetable(
        1,
        Instant.EPOCH,
        fired ? Instant.EPOCH : null,
        status == TaskStatus.Cancelled,
        false,
        null);
  }

  Timetable after(TaskEvent.RunStarted started) {
    var until = started.trigger().isScheduled() ? started.fireTime() : accountedUntil;
    return new Timetable(generation, anchor, until, cancelled, paused, null);
  }

  Timetable after(TaskEvent.RunsSkipped skipped, Schedule schedule) {
    var newAnchor = schedule.isFixedDelay() ? skipped.at() : anchor;
    return new Timetable(
        generation, newAnchor, skipped.fireTimeUntil(), cancelled, paused, skipped);
  }

  /** A fixed delay counts from here. */
  Timetable afterLastRun(Instant endedAt, Schedule schedule) {
    return schedule.isFixedDelay()
        ? new Timetable(generation, endedAt, accountedUntil, cancelled, paused, lastSkip)
        : this;
  }

  /** A new schedule starts over; another definition with the same one does not. */
  Timetable after(TaskEvent.TaskEdited edited) {
    return edited.generation() == null
        ? new Timetable(generation, anchor, accountedUntil, cancelled, paused, null)
        : new Timetable(edited.generation(), edited.at(), null, false, paused, null);
  }

  Timetable pausing(boolean nowPaused) {
    return new Timetable(generation, anchor, accountedUntil, cancelled, nowPaused, null);
  }

  Timetable ended() {
    return new Timetable(generation, anchor, accountedUntil, true, paused, null);
  }
}

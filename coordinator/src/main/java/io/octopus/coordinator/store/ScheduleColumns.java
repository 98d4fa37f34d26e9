package io.octopus.coordinator.store;

import io.octopus.coordinator.task.Schedule;
import io.octopus.coordinator.task.Trigger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A schedule as a task's columns hold it and the API shows it. */
record ScheduleColumns(
    String type,
    @Nullable Number interval,
    @Nullable String intervalMode,
    @Nullable String cron,
    @Nullable String timeZone,
    String overlap,
    String misfire) {

  static ScheduleColumns of(Schedule schedule) {
    String overlap = word(schedule.overlap());
    String misfire = word(schedule.misfire());
    if (schedule.trigger() instanceof Trigger.Interval interval) {
      return new ScheduleColumns(
          "Interval",
          JsonText.seconds(interval.every()),
          word(interval.mode()),
          null,
          null,
          overlap,
          misfire);
    }
    if (schedule.trigger() instanceof Trigger.Cron cron) {
      return new ScheduleColumns(
          "Scheduled", null, null, cron.expression(), cron.zone().getId(), overlap, misfire);
    }
    boolean isScheduled = schedule.trigger() instanceof Trigger.Once once && once.scheduled();
    return new ScheduleColumns(
        isScheduled ? "Scheduled" : "Adhoc", null, null, null, null, overlap, misfire);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

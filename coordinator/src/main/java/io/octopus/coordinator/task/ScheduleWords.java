package io.octopus.coordinator.task;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Says in words when a schedule fires. */
public final class ScheduleWords {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter WITH_SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private ScheduleWords() {}

  public static String of(Schedule schedule) {
    if (schedule.trigger() instanceof Trigger.Cron cron) {
      return String.join(", ", bounded(words(cron), schedule, cron.zone()));
    }
    if (schedule.trigger() instanceof Trigger.Interval interval) {
      return String.join(", ", bounded(words(interval), schedule, ZoneOffset.UTC));
    }
    return schedule.startAt() == null
        ? "Once, now"
        : "Once, at " + time(schedule.startAt(), ZoneOffset.UTC);
  }

  private static String words(Trigger.Cron cron) {
    return CronExpression.parse(cron.expression()).words() + ", " + cron.zone().getId();
  }

  private static String words(Trigger.Interval interval) {
    return switch (interval.mode()) {
      case FIXED_RATE -> "Every " + words(interval.every(), true);
      case FIXED_DELAY -> words(interval.every(), false) + " after each run ends";
    };
  }

  private static List<String> bounded(String words, Schedule schedule, ZoneId zone) {
    var parts = new ArrayList<>(List.of(words));
    if (schedule.startAt() != null) {
      parts.add("from " + time(schedule.startAt(), zone));
    }
    if (schedule.endAt() != null) {
      parts.add("until " + time(schedule.endAt(), zone));
    }
    return parts;
  }

  private static String time(Instant time, ZoneId zone) {
    var local = time.atZone(zone);
    var words = (local.getSecond() == 0 ? TIME : WITH_SECONDS).format(local);
    return zone.equals(ZoneOffset.UTC) ? words + " UTC" : words;
  }

  private static String words(Duration duration, boolean isRhythm) {
    if (duration.toMillisPart() > 0) {
      return duration.toMillis() / 1000.0 + " seconds";
    }
    long seconds = duration.toSeconds();
    if (seconds % 86_400 == 0) {
      return counted(seconds / 86_400, "day", isRhythm);
    }
    if (seconds % 3600 == 0) {
      return counted(seconds / 3600, "hour", isRhythm);
    }
    return seconds % 60 == 0
        ? counted(seconds / 60, "minute", isRhythm)
        : counted(seconds, "second", isRhythm);
  }

  private static String counted(long count, String unit, boolean isRhythm) {
    if (count == 1) {
      return isRhythm ? unit : "1 " + unit;
    }
    return count + " " + unit + "s";
  }
}

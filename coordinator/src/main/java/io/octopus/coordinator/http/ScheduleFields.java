package io.octopus.coordinator.http;

import io.octopus.coordinator.task.CronExpression;
import io.octopus.coordinator.task.FireTimes;
import io.octopus.coordinator.task.MisfirePolicy;
import io.octopus.coordinator.task.OverlapPolicy;
import io.octopus.coordinator.task.Schedule;
import io.octopus.coordinator.task.Trigger;
import io.octopus.coordinator.task.Trigger.IntervalMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes a schedule of a body's fields, or notes everything that is wrong with them. */
final class ScheduleFields {
  static final Set<String> NAMES =
      Set.of(
          "type",
          "execution_start_time",
          "execution_end_time",
          "interval",
          "interval_mode",
          "cron",
          "time_zone",
          "overlap",
          "misfire",
          "max_concurrent_runs");

  private static final String START = "execution_start_time";
  private static final String END = "execution_end_time";

  private final BodyFields fields;
  private final ZoneId usualZone;

  ScheduleFields(BodyFields fields, ZoneId usualZone) {
    this.fields = fields;
    this.usualZone = usualZone;
  }

  /** Empty when something was wrong. */
  Optional<Schedule> read() {
    ZoneId zone = zone();
    Optional<Instant> start = fields.time(START, zone);
    Optional<Instant> end = fields.time(END, zone);
    Optional<Trigger> trigger = trigger(zone);
    OverlapPolicy overlap = choice("overlap", OverlapPolicy.values(), OverlapPolicy.SKIP);
    MisfirePolicy misfire = choice("misfire", MisfirePolicy.values(), MisfirePolicy.FIRE_ONCE);
    Optional<Integer> runs = fields.integer("max_concurrent_runs", 1, 1000);
    if (start.isPresent() && end.isPresent() && end.get().isBefore(start.get())) {
      fields.wrong(END, "%s is before execution_start_time %s".formatted(end.get(), start.get()));
    }
    if (trigger.isEmpty() || NAMES.stream().anyMatch(fields::isWrong)) {
      return Optional.empty();
    }
    return Optional.of(
        new Schedule(
            trigger.get(),
            start.orElse(null),
            end.orElse(null),
            overlap,
            misfire,
            runs.orElse(null)));
  }

  /** A schedule that never fires is nobody's wish. */
  void refuseWithoutTimes(Schedule schedule, Instant now) {
    boolean fires = new FireTimes(schedule, now).after(Instant.MIN).isPresent();
    if (!fires && schedule.endAt() != null) {
      fields.wrong(END, schedule.endAt() + " leaves no fire time ahead");
    } else if (!fires) {
      fields.wrong("cron", BodyFields.shown(fields.value("cron")) + " has no fire time ahead");
    }
  }

  private ZoneId zone() {
    Optional<String> name = fields.text("time_zone", 100);
    Optional<ZoneId> zone = name.flatMap(ZoneName::parse);
    if (name.isPresent() && zone.isEmpty()) {
      fields.wrong(
          "time_zone",
          BodyFields.shown(fields.value("time_zone")) + " " + ZoneName.rule(name.get()));
    }
    return zone.orElse(usualZone);
  }

  private Optional<Trigger> trigger(ZoneId zone) {
    if (fields.has("cron") && fields.has("interval")) {
      fields.wrong("interval", "cannot go with cron: give one of them");
      return Optional.empty();
    }
    Optional<String> type =
        fields.word("type", List.of("Adhoc", "Scheduled", "Interval", "Recurring"));
    if (type.isEmpty() && fields.has("type")) {
      return Optional.empty();
    }
    return switch (type.orElse("Adhoc")) {
      case "Scheduled" -> fields.has("interval") ? interval() : scheduled(zone);
      case "Interval", "Recurring" -> interval();
      default -> adhoc();
    };
  }

  private Optional<Trigger> adhoc() {
    refuse("cron", "needs the type Scheduled");
    refuse("interval", "needs the type Interval");
    refuse("interval_mode", "needs the type Interval");
    return Optional.of(new Trigger.Once(false));
  }

  private Optional<Trigger> scheduled(ZoneId zone) {
    refuse("interval_mode", "needs the type Interval");
    if (!fields.has("cron")) {
      if (!fields.has(START)) {
        fields.wrong(
            "type",
            "Scheduled needs cron, such as \"30 2 * * *\", or execution_start_time for once");
      }
      return Optional.of(new Trigger.Once(true));
    }
    Optional<String> text = fields.text("cron", 200);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      CronExpression.parse(text.get());
      return Optional.of(new Trigger.Cron(text.get().strip(), zone));
    } catch (IllegalArgumentException wrong) {
      fields.wrong("cron", BodyFields.shown(fields.value("cron")) + ": " + wrong.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Trigger> interval() {
    refuse("cron", "needs the type Scheduled");
    IntervalMode mode = choice("interval_mode", IntervalMode.values(), IntervalMode.FIXED_RATE);
    if (!fields.has("interval")) {
      fields.wrong("interval", "is required with the type Interval, such as \"5m\"");
      return Optional.empty();
    }
    Optional<Duration> every =
        fields.duration("interval", Trigger.Interval.SHORTEST, Trigger.Interval.LONGEST);
    return every.map(found -> new Trigger.Interval(found, mode));
  }

  private void refuse(String field, String rule) {
    if (fields.has(field)) {
      fields.wrong(field, rule);
    }
  }

  private <E extends Enum<E>> E choice(String field, E[] values, E usual) {
    List<String> words = Stream.of(values).map(ScheduleFields::word).toList();
    return fields.word(field, words).map(word -> values[words.indexOf(word)]).orElse(usual);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

package io.octopus.system.check;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * When a definition says that its task fires, found by counting up; what a fixed delay counts from
 * is not known here.
 */
final class NominalTimes {
  private NominalTimes() {}

  /**
   * All times from when the schedule was given until then, both included.
   *
   * @param given what an interval without a start is counted from, and a single firing is due at
   */
  static List<Instant> of(Definition definition, Instant given, Instant until) {
    Instant last = definition.end().filter(end -> end.isBefore(until)).orElse(until);
    if (definition.interval().isPresent()) {
      return evenly(definition, definition.interval().get(), given, last);
    }
    if (definition.cron().isPresent()) {
      return byClock(definition, definition.cron().get(), given, last);
    }
    Instant once = definition.start().orElse(given);
    return once.isAfter(last) ? List.of() : List.of(once);
  }

  private static List<Instant> evenly(
      Definition definition, Duration every, Instant given, Instant last) {
    List<Instant> times = new ArrayList<>();
    Instant first = definition.start().orElse(given.plus(every));
    for (Instant time = first; !time.isAfter(last); time = time.plus(every)) {
      if (!time.isBefore(given)) {
        times.add(time);
      }
    }
    return times;
  }

  private static List<Instant> byClock(
      Definition definition, SecondsCron cron, Instant given, Instant last) {
    List<Instant> times = new ArrayList<>();
    Instant from = definition.start().filter(given::isBefore).orElse(given);
    Instant first = from.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    for (Instant time = first; !time.isAfter(last); time = time.plusSeconds(1)) {
      if (cron.takes(time.atZone(definition.zone()))) {
        times.add(time);
      }
    }
    return times;
  }
}

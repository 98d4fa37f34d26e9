package io.octopus.coordinator.task;

import java.time.Instant;
import java.util.Optional;

/** The times of a cron expression. */
final class CronTimes {

  private CronTimes() {}

  static CronTimes of(Trigger.Cron cron) {
    throw new IllegalArgumentException("cron is not understood yet: " + cron.expression());
  }

  Optional<Instant> after(Instant after) {
    return Optional.of(after);
  }
}

package io.octopus.coordinator.http;

import io.octopus.coordinator.task.RetryPolicy;
import java.time.Duration;
import java.time.ZoneId;

/**
 * What a task gets that does not say otherwise.
 *
 * @param zone where times without a zone are meant: the coordinator's own
 */
public record TaskDefaults(int maxAttempts, Duration timeout, ZoneId zone) {
  static final Duration EXPIRES_AFTER = Duration.ofDays(7);

  RetryPolicy retry() {
    return new RetryPolicy(
        maxAttempts, Duration.ofSeconds(2), 2.0, Duration.ofMinutes(5), 0.2, true);
  }
}

package io.octopus.coordinator.task;

import java.time.Duration;

/**
 * Whether and when a failed attempt is followed by another.
 *
 * @param maxAttempts how many attempts may end Failed or TimedOut, from 1
 * @param delay before the second attempt
 * @param multiplier by which the delay grows from attempt to attempt, from 1.0
 * @param maxDelay the longest delay
 * @param jitter the share of the delay, 0.0 to 1.0, by which it is shortened at random
 * @param onLost whether an attempt whose worker vanished is followed by another
 */
public record RetryPolicy(
    int maxAttempts,
    Duration delay,
    double multiplier,
    Duration maxDelay,
    double jitter,
    boolean onLost) {

  /**
   * Attempts that may be lost before the execution is given up: its work may be what kills them.
   */
  static final int MAX_LOST = 5;

  public RetryPolicy {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(
          "maxAttempts is " + maxAttempts + " but must be 1 or more");
    }
    if (multiplier < 1.0) {
      throw new IllegalArgumentException("multiplier is " + multiplier + " but must be 1 or more");
    }
    if (jitter < 0.0 || jitter > 1.0) {
      throw new IllegalArgumentException("jitter is " + jitter + " but must be within 0 and 1");
    }
    if (delay.isNegative() || maxDelay.isNegative()) {
      throw new IllegalArgumentException("delays must not be negative");
    }
  }

  /**
   * How long to wait after the {@code failures}-th failure.
   *
   * @param random uniform in [0, 1)
   */
  Duration delayAfter(int failures, double random) {
    double factor = Math.pow(multiplier, failures - 1.0);
    double millis = Math.min(delay.toMillis() * factor, (double) maxDelay.toMillis());
    return Duration.ofMillis((long) (millis * (1.0 - jitter * random)));
  }
}

package io.octopus.system.check;

import java.time.Duration;
import java.util.Optional;

/**
 * A task that was answered with 201.
 *
 * @param period between its nominal times, empty if it runs once
 */
public record Accepted(String id, Optional<Duration> period) {

  public static Accepted once(String id) {
    return new Accepted(id, Optional.empty());
  }

  public static Accepted every(Duration period, String id) {
    return new Accepted(id, Optional.of(period));
  }
}

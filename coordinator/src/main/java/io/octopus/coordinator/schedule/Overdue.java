package io.octopus.coordinator.schedule;

import io.octopus.coordinator.schedule.Alarms.Place;
import java.time.Duration;
import java.time.Instant;

/**
 * How often a task is woken again whose time is past and still in its row: about 1, 2, 4, … seconds
 * after that time, and then about once a minute. It follows from how late it is, so that nothing is
 * remembered about such tasks, however many they are.
 */
final class Overdue {

  /** What is less late may still be under way. */
  static final Duration LEAST = Duration.ofSeconds(1);

  /** Every so many ticks everything is looked through that is overdue. */
  private static final long ALL = 64;

  private Overdue() {}

  /**
   * Where the look of this tick begins, counted from 1 at one a second. Each second tick looks
   * twice as far back as the one before, as the marks of a ruler are twice as long: what is 2 s
   * late is met every second, what is 4 s late every other second.
   */
  static Place from(long tick, Instant now) {
    // just after a start much may wait for the clients to come back, whenever it was due
    boolean isEarly = tick <= ALL && Long.bitCount(tick) == 1;
    return isEarly || tick % ALL == 0
        ? Place.start()
        : Place.before(now.minusSeconds(2 * Long.lowestOneBit(tick) + 1));
  }
}

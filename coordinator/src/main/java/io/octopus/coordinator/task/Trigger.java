package io.octopus.coordinator.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.ZoneId;

/** What makes a task fire by itself. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Trigger.Once.class, name = "once"),
  @JsonSubTypes.Type(value = Trigger.Cron.class, name = "cron"),
  @JsonSubTypes.Type(value = Trigger.Interval.class, name = "interval")
})
public sealed interface Trigger {

  /**
   * Fires once: at the schedule's start, or at once without one.
   *
   * @param scheduled whether users see the type Scheduled; Adhoc otherwise
   */
  record Once(boolean scheduled) implements Trigger {}

  /**
   * Fires whenever a cron expression says so.
   *
   * @param expression 5 or 6 fields (the first of six are seconds) or a nickname such as {@code
   *     @daily}, as the user wrote it
   * @param zone where the expression's times are meant
   */
  record Cron(String expression, ZoneId zone) implements Trigger {}

  /** Fires again and again after the same time, at least a second. */
  record Interval(Duration every, IntervalMode mode) implements Trigger {
    public static final Duration SHORTEST = Duration.ofSeconds(1);
    public static final Duration LONGEST = Duration.ofDays(3660);

    public Interval {
      if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("an interval of " + every);
      }
    }
  }

  /** What an interval is counted from. */
  enum IntervalMode {
    /** From one nominal time to the next, however long the work takes. */
    FIXED_RATE,
    /** From the end of one run to the start of the next. */
    FIXED_DELAY
  }

  /** Whether the task may fire more than once by itself. */
  @JsonIgnore
  default boolean isRecurring() {
    return !(this instanceof Once);
  }
}

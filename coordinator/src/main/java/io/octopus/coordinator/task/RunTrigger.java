package io.octopus.coordinator.task;

import java.util.Locale;

/** What made a task fire; the API shows it in lower case. */
public enum RunTrigger {
  ADHOC,
  SCHEDULE,
  INTERVAL,
  MANUAL,
  RETRY;

  /** The trigger of what a schedule fires. */
  static RunTrigger of(Trigger trigger) {
    if (trigger instanceof Trigger.Once once) {
      return once.scheduled() ? SCHEDULE : ADHOC;
    }
    return trigger instanceof Trigger.Interval ? INTERVAL : SCHEDULE;
  }

  /** Whether a nominal time made the task fire, and not a user. */
  boolean isScheduled() {
    return this != MANUAL && this != RETRY;
  }

  /** The trigger as the API shows it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

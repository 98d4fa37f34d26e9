package io.octopus.coordinator.task;

import java.util.Locale;

/** What made a task fire; the API shows it in lower case. */
public enum RunTrigger {
  ADHOC,
  SCHEDULE,
  INTERVAL,
  MANUAL,
  RETRY;

  /** The trigger as the API shows it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

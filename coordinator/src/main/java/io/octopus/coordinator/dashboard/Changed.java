package io.octopus.coordinator.dashboard;

import java.util.Locale;

/** Something whose row is not what it was. */
public record Changed(Kind kind, String id) {

  /** What can change; the feed's events are named after it. */
  public enum Kind {
    TASK,
    RUN,
    EXECUTION,
    CLIENT,
    PLUGIN;

    String eventName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

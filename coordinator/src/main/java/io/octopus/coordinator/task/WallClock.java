package io.octopus.coordinator.task;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** What a local time means where clocks are changed. */
public final class WallClock {

  private WallClock() {}

  /** The next valid instant for a time that is left out, the first for one that comes twice. */
  public static Instant instant(LocalDateTime local, ZoneId zone) {
    var transition = zone.getRules().getTransition(local);
    return transition != null && transition.isGap()
        ? transition.getInstant()
        : ZonedDateTime.ofLocal(local, zone, null).toInstant();
  }
}

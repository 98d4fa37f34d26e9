package io.octopus.coordinator.http;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the names of time zones as users write them. */
final class ZoneName {
  private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

  private ZoneName() {}

  /** The zone of this name, in any letter case. */
  static Optional<ZoneId> parse(String text) {
    return KNOWN.stream().filter(text.strip()::equalsIgnoreCase).findAny().map(ZoneId::of);
  }

  /** What is wrong with a name, and which one may be meant. */
  static String rule(String text) {
    return nearest(text)
        .map(zone -> "is not a time zone; did you mean " + zone + "?")
        .orElse("is not a time zone; use a name such as Europe/Berlin or UTC");
  }

  /** A city alone is enough to know the zone. */
  private static Optional<String> nearest(String text) {
    String city = "/" + text.strip().replace(' ', '_').toLowerCase(Locale.ROOT);
    Optional<String> named =
        KNOWN.stream()
            .filter(zone -> zone.toLowerCase(Locale.ROOT).endsWith(city))
            .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    return named.isPresent() ? named : Nearest.to(text.strip(), KNOWN);
  }
}

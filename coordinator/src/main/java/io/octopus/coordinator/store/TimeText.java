package io.octopus.coordinator.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times as columns hold them and the API shows them: ISO-8601 in UTC, always with milliseconds, so
 * that the order of the texts is the order of the times.
 */
final class TimeText {

  /** Characters of every such text. */
  static final int LENGTH = "2026-11-23T15:04:05.123Z".length();

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private TimeText() {}

  static String of(Instant time) {
    return FORMAT.format(time);
  }

  static Instant parse(String text) {
    return Instant.parse(text);
  }
}

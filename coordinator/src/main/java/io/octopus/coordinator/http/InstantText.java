package io.octopus.coordinator.http;

import io.octopus.coordinator.task.WallClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** Reads points in time as users write them. */
final class InstantText {
  static final String RULE =
      "must be a time of the years 1970 to 9999, such as \"2026-11-23T15:04:05+01:00\"";

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** ISO-8601, also with a space for the T, without seconds, and with an offset such as +0100. */
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("uuuu-MM-dd['T'][' ']HH:mm")
          .optionalStart()
          .appendPattern(":ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalEnd()
          .optionalStart()
          .appendPattern("[' '][XXX][XX][X]")
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private InstantText() {}

  /** The instant, to the millisecond; a local time is meant in {@code zone}. */
  static Optional<Instant> parse(String text, ZoneId zone) {
    try {
      TemporalAccessor time =
          FORMAT.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from);
      Instant instant =
          time instanceof LocalDateTime local
              ? WallClock.instant(local, zone)
              : OffsetDateTime.from(time).toInstant();
      return Optional.of(instant.truncatedTo(ChronoUnit.MILLIS))
          .filter(found -> !found.isBefore(FIRST) && !found.isAfter(LAST));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }
}

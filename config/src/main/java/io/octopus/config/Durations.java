package io.octopus.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads durations in the spellings of the API: {@code 90}, {@code 90s}, {@code 5m}, {@code 1y},
 * {@code PT5M}.
 */
final class Durations {
  static final String RULE =
      "must be a duration from 1ms to 100y such as 500ms, 90s, 5m, 2h, 1d, PT5M";

  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([a-z]*)");
  private static final Duration LONGEST = Duration.ofDays(36_600);

  private Durations() {}

  static Duration read(String text) {
    Duration duration = text.startsWith("P") ? iso(text) : amount(text);
    if (duration.toMillis() < 1 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(RULE);
    }
    return duration;
  }

  private static Duration iso(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(RULE, e);
    }
  }

  private static Duration amount(String text) {
    Matcher matcher = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(RULE);
    }
    double millis = Double.parseDouble(matcher.group(1)) * millisPer(matcher.group(2));
    return Duration.ofMillis(Math.round(millis));
  }

  private static long millisPer(String unit) {
    return switch (unit) {
      case "ms", "milli", "millis", "millisecond", "milliseconds" -> 1;
      case "", "s", "sec", "second", "seconds" -> 1_000;
      case "m", "min", "minute", "minutes" -> 60_000;
      case "h", "hour", "hours" -> 3_600_000;
      case "d", "day", "days" -> 86_400_000;
      case "w", "week", "weeks" -> 7 * 86_400_000L;
      case "y", "year", "years" -> 365 * 86_400_000L;
      default -> throw new IllegalArgumentException(RULE);
    };
  }
}

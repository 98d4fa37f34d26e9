package io.octopus.coordinator.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as users write them and writes them as the API shows them, in seconds. */
final class DurationText {
  static final String RULE =
      "must be a number of seconds or a text such as \"90s\", \"5m\", \"2h\", \"1d\" or \"PT5M\"";

  private static final Pattern AMOUNT =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?) ?(ms|s|m|h|d|)", Pattern.CASE_INSENSITIVE);

  private DurationText() {}

  /** The duration, to the millisecond; empty when this is none. */
  static Optional<Duration> parse(String text) {
    Matcher amount = AMOUNT.matcher(text.strip());
    if (amount.matches()) {
      BigDecimal number = new BigDecimal(amount.group(1));
      long unit = millisPer(amount.group(2).toLowerCase(Locale.ROOT));
      return Optional.of(Duration.ofMillis(number.multiply(BigDecimal.valueOf(unit)).longValue()));
    }
    try {
      return Optional.of(Duration.parse(text.strip()));
    } catch (DateTimeException noIsoDuration) {
      return Optional.empty();
    }
  }

  /** The duration of a number of seconds; empty when it is beyond all reason. */
  static Optional<Duration> ofSeconds(BigDecimal seconds) {
    BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000L);
    return seconds.abs().compareTo(most) > 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(seconds.movePointRight(3).longValue()));
  }

  private static long millisPer(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> 1_000;
    };
  }
}

package io.octopus.system;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How long a test waits: the promised bound, times a factor for busy machines ({@code
 * -Doctopus.patience=3}).
 */
public final class Patience {
  private static final double FACTOR =
      Double.parseDouble(System.getProperty("octopus.patience", "2"));

  private Patience() {}

  /** Waits at most the bound for what follows, also while no coordinator answers. */
  public static ConditionFactory within(Duration bound) {
    return Awaitility.await()
        .pollInSameThread()
        .ignoreException(UncheckedIOException.class)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .timeout(stretched(bound));
  }

  /** Watches for the whole span (not stretched) that something stays as it is. */
  public static ConditionFactory throughout(Duration span) {
    return Awaitility.await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(200))
        .during(span)
        .timeout(span.plusSeconds(30));
  }

  /** Lets time pass where time itself is the fault: an outage of so many seconds. */
  public static void outage(Duration span) {
    Awaitility.await().pollDelay(span).timeout(span.plusSeconds(30)).until(() -> true);
  }

  /** The bound, as this machine is allowed to take it. */
  public static Duration stretched(Duration bound) {
    return Duration.ofMillis((long) (bound.toMillis() * FACTOR));
  }
}

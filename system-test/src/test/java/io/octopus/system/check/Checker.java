package io.octopus.system.check;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds every broken promise in the evidence. It knows nothing of the product but its API and
 * shares no code with it.
 */
public final class Checker {
  private static final List<Function<Evidence, Stream<Violation>>> RULES =
      List.of(
          TaskRules::check,
          HistoryRules::check,
          FiringRules::check,
          PolicyRules::check,
          AttemptRules::check);

  private Checker() {}

  public static List<Violation> check(Evidence evidence) {
    return RULES.stream().flatMap(rule -> rule.apply(evidence)).toList();
  }

  /** Looks at the firings only: needs histories and runs. */
  public static List<Violation> firings(Evidence evidence) {
    return FiringRules.check(evidence).toList();
  }
}

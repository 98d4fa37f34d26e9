package io.octopus.system.check;

import io.octopus.system.check.Violation.Kind;
import java.util.stream.Stream;

/** Every change that was accepted is in the task's history, once and in order, and no other. */
final class HistoryRules {
  private HistoryRules() {}

  static Stream<Violation> check(Evidence evidence) {
    return evidence.accepted().stream()
        .filter(task -> evidence.life(task).isEmpty())
        .map(
            task ->
                new Violation(
                    Kind.HISTORY_WRONG,
                    task + " has the history " + Life.changes(evidence.historyOf(task))));
  }
}

package io.octopus.system.soak;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.octopus.system.Execution;
import io.octopus.system.Ledger;
import io.octopus.system.Run;
import io.octopus.system.check.Accepted;
import io.octopus.system.check.Evidence;
import io.octopus.system.check.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Says in a few lines what was done and what came of it. */
final class SoakReport {
  private SoakReport() {}

  static String of(String run, Tally trouble, Evidence evidence, List<Violation> violations) {
    return """
    %s
    trouble: %s
    tasks: %d, of them recurring: %d, of these never changed: %d
    changes: %s
    runs: %s
    reasons of skipped runs: %s
    nominal times that were skipped: %d
    executions: %s, of them tried again: %d
    attempts: %s
    starts in the ledger: %d
    violations: %d
    %s
    """
        .formatted(
            run,
            trouble,
            evidence.accepted().size(),
            recurring(evidence).count(),
            recurring(evidence).filter(SoakReport::isNeverChanged).count(),
            counted(
                evidence.accepted().stream()
                    .flatMap(task -> task.changes().stream())
                    .map(Accepted.Change::event)),
            counted(evidence.runs().stream().map(Run::status)),
            counted(evidence.runs().stream().filter(Run::isSkipRecord).map(Run::reason)),
            evidence.runs().stream().mapToLong(Run::skippedCount).sum(),
            counted(evidence.executions().stream().map(Execution::status)),
            evidence.executions().stream().filter(it -> it.attempt() > 1).count(),
            counted(
                evidence.executions().stream()
                    .flatMap(execution -> execution.attempts().stream())
                    .map(Execution.Attempt::outcome)),
            evidence.ledger().stream().filter(Ledger.Entry::isStart).count(),
            violations.size(),
            violations.stream().map(Violation::toString).collect(joining("\n")));
  }

  private static Stream<Accepted> recurring(Evidence evidence) {
    return evidence.accepted().stream().filter(task -> task.first().recurs());
  }

  /** Apart from the end of the soak, when everything is paused and cancelled. */
  private static boolean isNeverChanged(Accepted task) {
    var events = task.changes().stream().map(Accepted.Change::event).toList();
    return List.of("task_created", "task_paused", "task_cancelled").containsAll(events)
        && events.size() <= 3;
  }

  private static Map<String, Long> counted(Stream<String> words) {
    return words.collect(groupingBy(Function.identity(), TreeMap::new, counting()));
  }
}

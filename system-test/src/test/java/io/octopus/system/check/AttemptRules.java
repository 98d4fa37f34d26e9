package io.octopus.system.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.octopus.system.Execution;
import io.octopus.system.Execution.Attempt;
import io.octopus.system.Ledger;
import io.octopus.system.check.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Attempts are granted one after the other, started at most once, and one result counts. */
final class AttemptRules {
  private static final Set<String> ENDED = Set.of("Completed", "Failed", "TimedOut", "Lost");

  private AttemptRules() {}

  static Stream<Violation> check(Evidence evidence) {
    Set<String> ended =
        evidence.ledger().stream()
            .filter(entry -> !entry.isStart())
            .map(Ledger.Entry::tried)
            .collect(toSet());
    return Stream.of(
            startedTwice(evidence),
            startedWithoutGrant(evidence),
            evidence.executions().stream().flatMap(it -> story(it).stream()),
            evidence.executions().stream().flatMap(it -> result(it, ended).stream()))
        .flatMap(Function.identity());
  }

  private static Stream<Violation> startedTwice(Evidence evidence) {
    return evidence.ledger().stream()
        .filter(Ledger.Entry::isStart)
        .collect(groupingBy(Ledger.Entry::tried, counting()))
        .entrySet()
        .stream()
        .filter(starts -> starts.getValue() > 1)
        .map(starts -> new Violation(Kind.STARTED_TWICE, starts.toString()));
  }

  private static Stream<Violation> startedWithoutGrant(Evidence evidence) {
    Map<String, Execution> executions =
        evidence.executions().stream()
            .collect(toMap(Execution::id, Function.identity(), (one, other) -> one));
    return evidence.ledger().stream()
        .filter(Ledger.Entry::isStart)
        .filter(start -> !isGranted(start, executions))
        .map(start -> new Violation(Kind.STARTED_WITHOUT_GRANT, start.toString()));
  }

  private static boolean isGranted(Ledger.Entry start, Map<String, Execution> executions) {
    Execution execution = executions.get(start.execution());
    return execution != null
        && execution.attempts().stream()
            .filter(attempt -> attempt.number() == start.attempt())
            .anyMatch(attempt -> attempt.client().equals(start.client()));
  }

  private static List<Violation> story(Execution execution) {
    List<Violation> found = new ArrayList<>();
    List<Attempt> attempts = execution.attempts();
    for (int index = 0; index < attempts.size(); index++) {
      if (attempts.get(index).number() != index + 1) {
        found.add(new Violation(Kind.ATTEMPTS_NOT_CONTIGUOUS, execution.toString()));
        break;
      }
    }
    if (execution.attempt() != attempts.size()) {
      found.add(new Violation(Kind.ATTEMPTS_NOT_CONTIGUOUS, execution.toString()));
    }
    boolean triedAgain =
        attempts.stream()
            .limit(Math.max(0, attempts.size() - 1))
            .anyMatch(attempt -> !ENDED.contains(attempt.outcome()));
    if (triedAgain) {
      found.add(new Violation(Kind.TWO_ATTEMPTS_AT_ONCE, execution.toString()));
    }
    return found;
  }

  private static List<Violation> result(Execution execution, Set<String> ended) {
    boolean completed = execution.status().equals("Completed");
    List<String> outcomes = execution.attempts().stream().map(Attempt::outcome).toList();
    boolean oneResult =
        outcomes.stream().filter("Completed"::equals).count() == (completed ? 1 : 0);
    boolean lastOnes =
        !completed
            || (outcomes.lastIndexOf("Completed") == outcomes.size() - 1
                && execution.result().path("attempt").asInt() == execution.attempt()
                && execution.result().path("client").asText().equals(execution.client())
                && ended.contains(execution.id() + "#" + execution.attempt()));
    return oneResult && lastOnes
        ? List.of()
        : List.of(new Violation(Kind.RESULT_WRONG, execution.toString()));
  }
}

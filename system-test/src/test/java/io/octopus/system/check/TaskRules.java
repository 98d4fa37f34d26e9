package io.octopus.system.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.octopus.system.Execution;
import io.octopus.system.Run;
import io.octopus.system.Task;
import io.octopus.system.check.Violation.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What was accepted is there once, fanned out as its runs say, and settled. */
final class TaskRules {
  private TaskRules() {}

  static Stream<Violation> check(Evidence evidence) {
    return Stream.of(
            lost(evidence),
            doubled(evidence),
            back(evidence),
            fanOut(evidence),
            unsettledTasks(evidence),
            unsettledRuns(evidence),
            unsettledExecutions(evidence))
        .flatMap(Function.identity());
  }

  private static Stream<Violation> lost(Evidence evidence) {
    var there = there(evidence);
    return evidence.accepted().stream()
        .filter(task -> !task.isDeleted() && !there.contains(task.id()))
        .map(task -> new Violation(Kind.TASK_LOST, task.toString()));
  }

  private static Stream<Violation> back(Evidence evidence) {
    var there = there(evidence);
    return evidence.accepted().stream()
        .filter(task -> task.isDeleted() && there.contains(task.id()))
        .map(task -> new Violation(Kind.TASK_BACK, task.toString()));
  }

  private static Set<String> there(Evidence evidence) {
    return evidence.tasks().stream().map(Task::id).collect(toSet());
  }

  /** Every request had a name of its own. */
  private static Stream<Violation> doubled(Evidence evidence) {
    return evidence.tasks().stream().collect(groupingBy(Task::name)).values().stream()
        .filter(sameName -> sameName.size() > 1)
        .map(sameName -> new Violation(Kind.TASK_DOUBLED, sameName.toString()));
  }

  private static Stream<Violation> fanOut(Evidence evidence) {
    Map<String, String> owners =
        evidence.accepted().stream()
            .collect(toMap(Accepted::id, task -> task.first().owner(), (one, other) -> one));
    var executions = evidence.executionsByRun();
    return evidence.runs().stream()
        .filter(run -> owners.containsKey(run.taskId()))
        .filter(
            run ->
                !isFannedOut(
                    run,
                    owners.getOrDefault(run.taskId(), ""),
                    executions.getOrDefault(run.id(), List.of())))
        .map(
            run ->
                new Violation(
                    Kind.FAN_OUT_WRONG,
                    run + " has " + executions.getOrDefault(run.id(), List.of())));
  }

  private static boolean isFannedOut(Run run, String owner, List<Execution> executions) {
    if (owner.equals("Anyone")) {
      return executions.size() == (run.isSkipRecord() ? 0 : 1);
    }
    Map<String, Long> clients =
        executions.stream().collect(groupingBy(Execution::client, counting()));
    Map<String, Long> wanted =
        run.targets().stream().collect(groupingBy(Function.identity(), counting()));
    boolean rightOnes =
        owner.equals("ALL") || clients.keySet().stream().allMatch(owner::equalsIgnoreCase);
    return rightOnes && clients.equals(wanted) && clients.values().stream().allMatch(n -> n == 1);
  }

  private static Stream<Violation> unsettledTasks(Evidence evidence) {
    return evidence.tasks().stream()
        .filter(task -> !task.isFinished())
        .map(task -> new Violation(Kind.NOT_SETTLED, task.toString()));
  }

  private static Stream<Violation> unsettledRuns(Evidence evidence) {
    return evidence.runs().stream()
        .filter(run -> !run.isFinal())
        .map(run -> new Violation(Kind.NOT_SETTLED, run.toString()));
  }

  private static Stream<Violation> unsettledExecutions(Evidence evidence) {
    return evidence.executions().stream()
        .filter(execution -> !execution.isFinal())
        .map(execution -> new Violation(Kind.NOT_SETTLED, execution.toString()));
  }
}

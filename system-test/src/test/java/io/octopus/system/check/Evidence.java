package io.octopus.system.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.octopus.system.Api;
import io.octopus.system.Execution;
import io.octopus.system.HistoryLine;
import io.octopus.system.Ledger;
import io.octopus.system.Run;
import io.octopus.system.Task;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known from outside: what the API accepted, what it shows in the end, and what the
 * plugins wrote down.
 *
 * @param histories of the tasks, by their id
 * @param healed from then on there was no more trouble
 */
public record Evidence(
    List<Accepted> accepted,
    List<Task> tasks,
    Map<String, List<HistoryLine>> histories,
    List<Run> runs,
    List<Execution> executions,
    List<Ledger.Entry> ledger,
    Instant healed) {

  /** What the API shows now. */
  public static Evidence of(
      Api api, List<Accepted> accepted, List<Ledger.Entry> ledger, Instant healed) {
    return new Evidence(
        accepted,
        List.copyOf(api.tasks().values()),
        accepted.stream().collect(toMap(Accepted::id, task -> api.history(task.id()))),
        api.runs(),
        api.executions(),
        ledger,
        healed);
  }

  List<HistoryLine> historyOf(Accepted task) {
    return histories.getOrDefault(task.id(), List.of());
  }

  /** Empty if its history tells of other changes than those that were made. */
  Optional<Life> life(Accepted task) {
    return Life.of(task, historyOf(task));
  }

  Map<String, List<Run>> runsByTask() {
    return runs.stream().collect(groupingBy(Run::taskId));
  }

  Map<String, List<Execution>> executionsByRun() {
    return executions.stream().collect(groupingBy(Execution::runId));
  }

  Map<String, List<Ledger.Entry>> startsByRun() {
    return ledger.stream()
        .filter(Ledger.Entry::isStart)
        .collect(groupingBy(start -> runOf(start.execution())));
  }

  private static String runOf(String execution) {
    return execution.substring(0, Math.max(0, execution.lastIndexOf('-')));
  }
}

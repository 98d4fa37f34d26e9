package io.octopus.system.check;

import static java.util.stream.Collectors.groupingBy;

import io.octopus.system.Execution;
import io.octopus.system.Ledger;
import io.octopus.system.Run;
import io.octopus.system.Task;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that is known from outside: what the API accepted, what it shows in the end, and what the
 * plugins wrote down.
 *
 * @param healed from then on there was no more trouble
 */
public record Evidence(
    List<Accepted> accepted,
    List<Task> tasks,
    List<Run> runs,
    List<Execution> executions,
    List<Ledger.Entry> ledger,
    Instant healed) {

  Map<String, List<Run>> runsByTask() {
    return runs.stream().collect(groupingBy(Run::taskId));
  }

  Map<String, List<Execution>> executionsByRun() {
    return executions.stream().collect(groupingBy(Execution::runId));
  }

  Map<String, List<Ledger.Entry>> startsByExecution() {
    return ledger.stream()
        .filter(Ledger.Entry::isStart)
        .collect(groupingBy(Ledger.Entry::execution));
  }
}

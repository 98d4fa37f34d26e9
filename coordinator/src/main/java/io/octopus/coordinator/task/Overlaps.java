package io.octopus.coordinator.task;

import io.octopus.protocol.WorkerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules of overlapping, judged client by client: what a firing does about an earlier execution
 * of the same task that is not finished. A target without a name is any client.
 */
final class Overlaps {

  private Overlaps() {}

  /** Whether an earlier execution is unfinished where this target would run. */
  static boolean isBusy(TaskState.Live task, Optional<WorkerName> target) {
    return task.unfinished().stream().anyMatch(run -> occupies(run, target));
  }

  private static boolean occupies(Run run, Optional<WorkerName> target) {
    return run.executions().values().stream().anyMatch(earlier -> occupies(earlier, target));
  }

  private static boolean occupies(Execution earlier, Optional<WorkerName> target) {
    if (target.isEmpty()) {
      return true;
    }
    return target.equals(clientOf(earlier));
  }

  /** Where it runs or would run; empty when that may be anywhere. */
  private static Optional<WorkerName> clientOf(Execution execution) {
    return execution.phase() instanceof Execution.Running running
        ? Optional.of(running.worker())
        : Optional.ofNullable(execution.client());
  }

  /** The targets without those that are busy. */
  static Targets leaveOut(Targets targets, TaskState.Live task) {
    var unfinished =
        task.unfinished().stream().flatMap(run -> run.executions().values().stream()).toList();
    var busy = unfinished.stream().map(Overlaps::clientOf).collect(Collectors.toSet());
    var free = new ArrayList<Optional<WorkerName>>();
    var skipped = new ArrayList<>(targets.skipped());
    for (var target : targets.clients()) {
      boolean isBusy = target.isEmpty() ? !unfinished.isEmpty() : busy.contains(target);
      if (!isBusy) {
        free.add(target);
      } else {
        target.ifPresent(client -> skipped.add(new SkippedClient(client, "overlap")));
      }
    }
    return new Targets(free, skipped);
  }

  /** Ends earlier executions that give way to a firing on these targets. */
  static void giveWay(OverlapPolicy policy, List<Optional<WorkerName>> targets, Decision decision) {
    if (policy != OverlapPolicy.QUEUE_ONE && policy != OverlapPolicy.CANCEL_PREVIOUS) {
      return;
    }
    var places = Set.copyOf(targets);
    for (var run : decision.state().unfinished()) {
      for (var execution : List.copyOf(run.executions().values())) {
        boolean isInTheWay =
            places.contains(Optional.<WorkerName>empty()) || places.contains(clientOf(execution));
        if (isInTheWay && policy == OverlapPolicy.CANCEL_PREVIOUS) {
          Endings.supersede(execution, ExecutionStatus.Cancelled, decision);
        } else if (isInTheWay && execution.isUntouched()) {
          Endings.supersede(execution, ExecutionStatus.Skipped, decision);
        }
      }
    }
  }

  /** Whether an execution waits for an earlier one on its client to end. */
  static boolean isHeld(TaskState.Live task, Run run, Execution execution) {
    return run.isQueued()
        && execution.isUntouched()
        && task.unfinished().stream()
            .takeWhile(earlier -> !earlier.id().equals(run.id()))
            .anyMatch(earlier -> occupies(earlier, Optional.ofNullable(execution.client())));
  }
}

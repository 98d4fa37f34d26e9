package io.octopus.coordinator.dashboard;

import io.octopus.coordinator.dashboard.Changed.Kind;
import io.octopus.coordinator.store.Committed;
import io.octopus.coordinator.task.PlannedExecution;
import io.octopus.coordinator.task.TaskEvent;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import java.util.ArrayList;
import java.util.List;

/** Knows whose rows an event changes. */
final class ChangesOf {
  private ChangesOf() {}

  static List<Changed> event(Committed committed) {
    List<Changed> changes = new ArrayList<>();
    changes.add(new Changed(Kind.TASK, committed.task().value()));
    TaskEvent event = committed.event();
    if (event instanceof TaskEvent.RunStarted started) {
      run(started.run(), changes);
      started.executions().stream()
          .map(PlannedExecution::execution)
          .forEach(execution -> execution(execution, changes));
    } else if (event instanceof TaskEvent.AttemptGranted granted) {
      run(granted.attempt().execution().run(), changes);
      execution(granted.attempt().execution(), changes);
    } else if (event instanceof TaskEvent.AttemptEnded ended) {
      run(ended.attempt().execution().run(), changes);
      execution(ended.attempt().execution(), changes);
    } else if (event instanceof TaskEvent.ExecutionEnded ended) {
      run(ended.execution().run(), changes);
      execution(ended.execution(), changes);
    } else if (event instanceof TaskEvent.RunsSkipped skipped) {
      run(skipped.run(), changes);
    } else if (event instanceof TaskEvent.RunEnded ended) {
      run(ended.run(), changes);
    }
    return changes;
  }

  private static void run(RunId id, List<Changed> changes) {
    changes.add(new Changed(Kind.RUN, id.value()));
  }

  private static void execution(ExecutionId id, List<Changed> changes) {
    changes.add(new Changed(Kind.EXECUTION, id.value()));
  }
}

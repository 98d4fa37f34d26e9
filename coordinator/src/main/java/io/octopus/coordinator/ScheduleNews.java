package io.octopus.coordinator;

import io.octopus.coordinator.store.Committed;
import io.octopus.coordinator.task.TaskEvent;
import io.octopus.coordinator.task.TaskEvent.AttemptEnded;
import io.octopus.coordinator.task.TaskEvent.AttemptGranted;
import io.octopus.coordinator.task.TaskEvent.ExecutionEnded;
import io.octopus.protocol.TaskId;
import java.util.List;

/** Which tasks may have to be woken at another time, now that these events are committed. */
final class ScheduleNews {

  private ScheduleNews() {}

  static List<TaskId> of(List<Committed> events) {
    return events.stream()
        .filter(committed -> mayWakeAnotherTime(committed.event()))
        .map(Committed::task)
        .distinct()
        .toList();
  }

  /** What only ends or waits longer brings no earlier time. */
  private static boolean mayWakeAnotherTime(TaskEvent event) {
    if (event instanceof AttemptEnded ended) {
      return ended.nextLookAt() != null;
    }
    return !(event instanceof AttemptGranted || event instanceof ExecutionEnded);
  }
}

package io.octopus.coordinator;

import io.octopus.coordinator.dispatch.RunningWork;
import io.octopus.coordinator.schedule.Alarms;
import io.octopus.coordinator.store.UnfinishedWork;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What is unfinished, as the rows say. */
record StoredWork(UnfinishedWork rows) implements RunningWork, Alarms {

  @Override
  public CompletionStage<List<TaskId>> tasksRunningOn(WorkerName worker) {
    return rows.tasksRunningOn(worker);
  }

  @Override
  public CompletionStage<List<WorkerName>> clientsWithRunningWork() {
    return rows.clientsWithRunningWork();
  }

  @Override
  public CompletionStage<List<TaskId>> tasksWithUnfinishedRuns() {
    return rows.tasksWithUnfinishedRuns();
  }

  @Override
  public CompletionStage<List<Alarm>> dueBefore(Instant time, int limit) {
    return rows.dueBefore(time, limit)
        .thenApply(due -> due.stream().map(one -> new Alarm(one.task(), one.wakeAt())).toList());
  }
}

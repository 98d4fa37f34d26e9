package io.octopus.coordinator;

import io.octopus.coordinator.dispatch.RunningWork;
import io.octopus.coordinator.store.UnfinishedWork;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What runs where, as the rows say. */
record StoredWork(UnfinishedWork rows) implements RunningWork {

  @Override
  public CompletionStage<List<TaskId>> tasksRunningOn(WorkerName worker) {
    return rows.tasksRunningOn(worker);
  }

  @Override
  public CompletionStage<List<WorkerName>> clientsWithRunningWork() {
    return rows.clientsWithRunningWork();
  }
}

package io.octopus.coordinator.dispatch;

import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the journal says runs where. */
public interface RunningWork {

  /** Tasks with an execution that runs on this client. */
  CompletionStage<List<TaskId>> tasksRunningOn(WorkerName worker);

  /** Clients on which an execution runs. */
  CompletionStage<List<WorkerName>> clientsWithRunningWork();
}

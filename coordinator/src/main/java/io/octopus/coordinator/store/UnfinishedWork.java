package io.octopus.coordinator.store;

import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Which tasks must be woken, and why: what is due, what runs where, what did not complete. */
@SuppressWarnings("DoNotCallSuggester")
public final class UnfinishedWork {

  /** Tasks with an execution that runs on this client. */
  public CompletionStage<List<TaskId>> tasksRunningOn(WorkerName worker) {
    throw new UnsupportedOperationException("not built yet: " + worker);
  }

  /** Clients on which an execution runs. */
  public CompletionStage<List<WorkerName>> clientsWithRunningWork() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Tasks with a run that is not final. */
  public CompletionStage<List<TaskId>> tasksWithUnfinishedRuns() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Tasks that are to be woken at this time or before, earliest first. */
  public CompletionStage<List<Due>> dueBefore(Instant time, int limit) {
    throw new UnsupportedOperationException("not built yet: " + time + limit);
  }

  /** What a run left undone; empty when there is no such run. */
  public CompletionStage<Optional<Undone>> undoneOf(RunId run) {
    throw new UnsupportedOperationException("not built yet: " + run);
  }

  /** A task and the earliest time at which it has something to do. */
  public record Due(TaskId task, Instant wakeAt) {}

  /**
   * What a run left undone.
   *
   * @param isFinal whether nothing of the run is pending or running
   * @param args the run's own arguments, null when it had the definition's
   * @param executions those that did not complete, or not yet
   */
  public record Undone(
      RunId run,
      boolean isFinal,
      @Nullable String args,
      @Nullable String kwargs,
      List<UndoneExecution> executions) {
    public Undone {
      executions = List.copyOf(executions);
    }
  }

  /**
   * An execution that did not complete.
   *
   * @param client the only client that may run it; null when any client may
   */
  public record UndoneExecution(ExecutionId execution, @Nullable WorkerName client) {}
}

package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the API shows, read from rows that committed with the events behind them. Every object has
 * the contract's shape, and every field of it, null when empty.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ReadModel {

  /** The task, also when it is deleted. */
  public CompletionStage<Optional<StoredTask>> task(TaskId id) {
    throw new UnsupportedOperationException("not built yet: " + id);
  }

  public CompletionStage<Page> tasks(TaskFilter filter, PageRequest page) {
    throw new UnsupportedOperationException("not built yet: " + filter + page);
  }

  public CompletionStage<Optional<ObjectNode>> run(RunId id) {
    throw new UnsupportedOperationException("not built yet: " + id);
  }

  public CompletionStage<Page> runs(RunFilter filter, PageRequest page) {
    throw new UnsupportedOperationException("not built yet: " + filter + page);
  }

  /** The execution with its whole result. */
  public CompletionStage<Optional<ObjectNode>> execution(ExecutionId id) {
    throw new UnsupportedOperationException("not built yet: " + id);
  }

  /** Executions; a result above 64 KiB is left out of them. */
  public CompletionStage<Page> executions(ExecutionFilter filter, PageRequest page) {
    throw new UnsupportedOperationException("not built yet: " + filter + page);
  }

  /** All clients by name, with what runs on them. */
  public CompletionStage<List<ObjectNode>> clients() {
    throw new UnsupportedOperationException("not built yet");
  }

  public CompletionStage<Optional<ObjectNode>> client(WorkerName name) {
    throw new UnsupportedOperationException("not built yet: " + name);
  }

  public CompletionStage<StatusFigures> status() {
    throw new UnsupportedOperationException("not built yet");
  }
}

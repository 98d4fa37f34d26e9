package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the API shows, read from rows that committed with the events behind them. Every object has
 * the contract's shape, and every field of it, null when empty.
 */
public final class ReadModel {

  private final ReadPool reads;
  private final InstantSource clock;

  ReadModel(ReadPool reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  /** The task, also when it is deleted. */
  public CompletionStage<Optional<StoredTask>> task(TaskId id) {
    return reads.run(connection -> TaskReads.one(connection, id));
  }

  public CompletionStage<Page> tasks(TaskFilter filter, PageRequest page) {
    return reads.run(connection -> TaskReads.page(connection, filter, page));
  }

  public CompletionStage<Optional<ObjectNode>> run(RunId id) {
    return reads.run(connection -> RunReads.one(connection, id));
  }

  public CompletionStage<Page> runs(RunFilter filter, PageRequest page) {
    return reads.run(connection -> RunReads.page(connection, filter, page));
  }

  /** The execution; a result that is not in its row is left out and can be read by itself. */
  public CompletionStage<Optional<ObjectNode>> execution(ExecutionId id) {
    return reads.run(connection -> ExecutionReads.one(connection, id));
  }

  /** The text of a result that {@link #execution} leaves out. */
  public CompletionStage<Optional<String>> storedResult(ExecutionId id) {
    return reads.run(connection -> ExecutionReads.storedResult(connection, id));
  }

  /** Executions; a result above 64 KiB is left out of them. */
  public CompletionStage<Page> executions(ExecutionFilter filter, PageRequest page) {
    return reads.run(connection -> ExecutionReads.page(connection, filter, page));
  }

  /** All clients by name, with what runs on them. */
  public CompletionStage<List<ObjectNode>> clients() {
    return reads.run(ClientReads::all);
  }

  public CompletionStage<Optional<ObjectNode>> client(WorkerName name) {
    return reads.run(connection -> ClientReads.one(connection, name));
  }

  public CompletionStage<StatusFigures> status() {
    return reads.run(connection -> StatusReads.figures(connection, clock.instant()));
  }
}

package io.octopus.coordinator.http;

import akka.Done;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.store.ArtefactStore;
import io.octopus.coordinator.store.ArtefactStore.Artefact;
import io.octopus.coordinator.store.ExecutionFilter;
import io.octopus.coordinator.store.OutputStore;
import io.octopus.coordinator.store.OutputStore.OutputParts;
import io.octopus.coordinator.store.OutputStore.OutputPiece;
import io.octopus.coordinator.store.Page;
import io.octopus.coordinator.store.PageRequest;
import io.octopus.coordinator.store.ReadModel;
import io.octopus.coordinator.store.RunFilter;
import io.octopus.coordinator.store.StatusFigures;
import io.octopus.coordinator.store.StoredTask;
import io.octopus.coordinator.store.TaskFilter;
import io.octopus.coordinator.store.TaskHistory;
import io.octopus.coordinator.store.UnfinishedWork;
import io.octopus.coordinator.store.UnfinishedWork.Undone;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The rows of the coordinator's own store. */
public record StoredRows(
    ReadModel rows,
    TaskHistory history,
    UnfinishedWork work,
    OutputStore output,
    ArtefactStore files)
    implements Rows {

  @Override
  public CompletionStage<Optional<StoredTask>> task(TaskId id) {
    return rows.task(id);
  }

  @Override
  public CompletionStage<Page> history(TaskId id, PageRequest page) {
    return history.page(id, page);
  }

  @Override
  public CompletionStage<Page> tasks(TaskFilter filter, PageRequest page) {
    return rows.tasks(filter, page);
  }

  @Override
  public CompletionStage<Optional<ObjectNode>> run(RunId id) {
    return rows.run(id);
  }

  @Override
  public CompletionStage<Page> runs(RunFilter filter, PageRequest page) {
    return rows.runs(filter, page);
  }

  @Override
  public CompletionStage<Optional<ObjectNode>> execution(ExecutionId id) {
    return rows.execution(id);
  }

  @Override
  public CompletionStage<Optional<String>> storedResult(ExecutionId id) {
    return rows.storedResult(id);
  }

  @Override
  public CompletionStage<Page> executions(ExecutionFilter filter, PageRequest page) {
    return rows.executions(filter, page);
  }

  @Override
  public CompletionStage<List<ObjectNode>> clients() {
    return rows.clients();
  }

  @Override
  public CompletionStage<Optional<ObjectNode>> client(WorkerName name) {
    return rows.client(name);
  }

  @Override
  public CompletionStage<Optional<Undone>> undoneOf(RunId run) {
    return work.undoneOf(run);
  }

  @Override
  public CompletionStage<StatusFigures> status() {
    return rows.status();
  }

  @Override
  public CompletionStage<OutputPiece> output(
      ExecutionId execution, @Nullable Integer attempt, long offset, int limit) {
    return output.read(execution, attempt, offset, limit);
  }

  @Override
  public CompletionStage<OutputPiece> lastOutput(
      ExecutionId execution, @Nullable Integer attempt, int lines, int limit) {
    return output.tail(execution, attempt, lines, limit);
  }

  @Override
  public CompletionStage<OutputParts> outputParts(
      ExecutionId execution, @Nullable Integer attempt, long offset, int limit) {
    return output.parts(execution, attempt, offset, limit);
  }

  @Override
  public CompletionStage<Done> outputNews(ExecutionId execution, Duration atMost) {
    return output.news(execution, atMost);
  }

  @Override
  public CompletionStage<List<Artefact>> artefacts(ExecutionId execution) {
    return files.of(execution);
  }

  @Override
  public CompletionStage<byte[]> artefactPiece(Artefact artefact, long start) {
    return files.piece(artefact, start);
  }
}

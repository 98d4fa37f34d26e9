package io.octopus.coordinator.http;

import akka.Done;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.store.ArtefactStore.Artefact;
import io.octopus.coordinator.store.ExecutionFilter;
import io.octopus.coordinator.store.OutputStore.OutputParts;
import io.octopus.coordinator.store.OutputStore.OutputPiece;
import io.octopus.coordinator.store.Page;
import io.octopus.coordinator.store.PageRequest;
import io.octopus.coordinator.store.RunFilter;
import io.octopus.coordinator.store.StatusFigures;
import io.octopus.coordinator.store.StoredTask;
import io.octopus.coordinator.store.TaskFilter;
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

/** What the API reads. Objects have the contract's shape. */
public interface Rows {

  /** The task, also when it is deleted. */
  CompletionStage<Optional<StoredTask>> task(TaskId id);

  /** What happened to the task, newest first, also when it is deleted; pages are numbered. */
  CompletionStage<Page> history(TaskId id, PageRequest page);

  CompletionStage<Page> tasks(TaskFilter filter, PageRequest page);

  CompletionStage<Optional<ObjectNode>> run(RunId id);

  CompletionStage<Page> runs(RunFilter filter, PageRequest page);

  CompletionStage<Optional<ObjectNode>> execution(ExecutionId id);

  /** The JSON text of a result that is left out of {@link #execution}. */
  CompletionStage<Optional<String>> storedResult(ExecutionId id);

  CompletionStage<Page> executions(ExecutionFilter filter, PageRequest page);

  /** All clients by name. */
  CompletionStage<List<ObjectNode>> clients();

  CompletionStage<Optional<ObjectNode>> client(WorkerName name);

  /** What a run left undone. */
  CompletionStage<Optional<Undone>> undoneOf(RunId run);

  CompletionStage<StatusFigures> status();

  /** Output from an offset in bytes; of the latest attempt when none is named. */
  CompletionStage<OutputPiece> output(
      ExecutionId execution, @Nullable Integer attempt, long offset, int limit);

  /** The last lines of the output. */
  CompletionStage<OutputPiece> lastOutput(
      ExecutionId execution, @Nullable Integer attempt, int lines, int limit);

  /** As {@link #output}, with where and when each part was written. */
  CompletionStage<OutputParts> outputParts(
      ExecutionId execution, @Nullable Integer attempt, long offset, int limit);

  /** Completes when there may be more output, at the latest after this time. */
  CompletionStage<Done> outputNews(ExecutionId execution, Duration atMost);

  /** The files that an execution left, by name. */
  CompletionStage<List<Artefact>> artefacts(ExecutionId execution);

  /** The piece of a file that starts here; empty at its end. */
  CompletionStage<byte[]> artefactPiece(Artefact artefact, long start);
}

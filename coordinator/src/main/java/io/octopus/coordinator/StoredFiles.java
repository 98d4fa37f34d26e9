package io.octopus.coordinator;

import io.octopus.coordinator.dispatch.WorkerGateway;
import io.octopus.coordinator.store.ArtefactStore;
import io.octopus.coordinator.store.ResultStore;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.AttemptFile;
import io.octopus.protocol.work.StoredResult;
import java.util.concurrent.CompletionStage;

/** Attempts' files where they belong: results beside the journal, artefacts beside the output. */
record StoredFiles(ResultStore results, ArtefactStore artefacts)
    implements WorkerGateway.FileKeeper {

  @Override
  public CompletionStage<Long> append(
      AttemptId attempt, AttemptFile file, long offset, byte[] bytes) {
    return switch (file.kind()) {
      case RESULT -> results.append(attempt, file, offset, bytes);
      case ARTEFACT -> artefacts.append(attempt, file, offset, bytes);
    };
  }

  @Override
  public CompletionStage<Boolean> has(AttemptId attempt, StoredResult result) {
    return results.has(attempt, result);
  }
}

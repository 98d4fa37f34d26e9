package io.octopus.coordinator.store;

import akka.Done;
import io.octopus.protocol.WorkerName;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The clients that were ever seen and not forgotten: primary data, not in the journal. */
@SuppressWarnings("DoNotCallSuggester")
public final class ClientStore {

  /** Every client, by name. */
  public CompletionStage<List<ClientRow>> all() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Writes whole rows, new or known. */
  public CompletionStage<Done> upsert(List<ClientRow> rows) {
    throw new UnsupportedOperationException("not built yet: " + rows);
  }

  /** Forgets a client; its executions stay. */
  public CompletionStage<Done> delete(WorkerName name) {
    throw new UnsupportedOperationException("not built yet: " + name);
  }
}

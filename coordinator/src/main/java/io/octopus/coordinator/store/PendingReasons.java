package io.octopus.coordinator.store;

import akka.Done;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.WorkerName;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Why executions wait, as one of the codes. Not in the journal: the dispatcher says it again after
 * a restart.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class PendingReasons {

  /** Explains executions; those that no longer wait are left alone. */
  public CompletionStage<Done> explain(Map<ExecutionId, String> reasons) {
    throw new UnsupportedOperationException("not built yet: " + reasons);
  }

  /**
   * Says what holds up all that runs on a client, such as {@code client_offline}; null: nothing.
   */
  public CompletionStage<Done> explainRunningOn(WorkerName client, @Nullable String reason) {
    throw new UnsupportedOperationException("not built yet: " + client + reason);
  }
}

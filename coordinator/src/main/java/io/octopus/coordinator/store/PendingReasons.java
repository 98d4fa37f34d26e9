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
public final class PendingReasons {

  private static final String EXPLAIN =
      "UPDATE executions SET reason = ? WHERE id = ? AND status = 'Pending'";

  private static final String EXPLAIN_RUNNING =
      "UPDATE executions SET reason = ? WHERE client = ? AND status = 'Running'";

  private final SideWriter writer;

  PendingReasons(SideWriter writer) {
    this.writer = writer;
  }

  /** Explains executions; those that no longer wait are left alone. */
  public CompletionStage<Done> explain(Map<ExecutionId, String> reasons) {
    Map<ExecutionId, String> said = Map.copyOf(reasons);
    return writer.transaction(
        (statements, connection) -> {
          for (Map.Entry<ExecutionId, String> reason : said.entrySet()) {
            statements.run(EXPLAIN, reason.getValue(), reason.getKey());
          }
          return Done.getInstance();
        });
  }

  /**
   * Says what holds up all that runs on a client, such as {@code client_offline}; null: nothing.
   */
  public CompletionStage<Done> explainRunningOn(WorkerName client, @Nullable String reason) {
    return writer.transaction(
        (statements, connection) -> {
          statements.run(EXPLAIN_RUNNING, reason, client);
          return Done.getInstance();
        });
  }
}

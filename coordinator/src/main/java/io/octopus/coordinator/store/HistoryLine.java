package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.WorkerName;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One line of a task's history: who did what, when and why.
 *
 * @param by a user, {@code schedule}, {@code coordinator}, or {@code client} for the one named
 * @param event what happened, in words with underscores
 * @param detail what else there is to say; made only when it is read or kept
 * @param isChange whether somebody wanted it: then the audit trail keeps it, too
 */
record HistoryLine(
    Instant at,
    String by,
    String event,
    @Nullable RunId run,
    @Nullable ExecutionId execution,
    @Nullable WorkerName client,
    @Nullable String reason,
    Supplier<ObjectNode> detail,
    boolean isChange) {

  static final String COORDINATOR = "coordinator";

  /** Something that somebody did. */
  static HistoryLine change(Instant at, String by, String event, Supplier<ObjectNode> detail) {
    return new HistoryLine(at, by, event, null, null, null, null, detail, true);
  }

  /** Something that follows from the rules. */
  static HistoryLine happened(Instant at, String event, Supplier<ObjectNode> detail) {
    return new HistoryLine(at, COORDINATOR, event, null, null, null, null, detail, false);
  }

  HistoryLine of(RunId aRun) {
    return new HistoryLine(at, by, event, aRun, execution, client, reason, detail, isChange);
  }

  HistoryLine of(ExecutionId one) {
    return new HistoryLine(at, by, event, one.run(), one, client, reason, detail, isChange);
  }

  HistoryLine on(@Nullable WorkerName aClient) {
    return new HistoryLine(at, by, event, run, execution, aClient, reason, detail, isChange);
  }

  HistoryLine because(@Nullable String aReason) {
    return new HistoryLine(at, by, event, run, execution, client, aReason, detail, isChange);
  }

  HistoryLine by(String somebody) {
    return new HistoryLine(at, somebody, event, run, execution, client, reason, detail, isChange);
  }

  HistoryLine wantedIf(boolean wanted) {
    return new HistoryLine(at, by, event, run, execution, client, reason, detail, wanted);
  }

  /** As the API shows it; {@code number} counts the task's events. */
  ObjectNode json(long number) {
    ObjectNode json = JsonText.MAPPER.createObjectNode();
    json.put("number", number);
    json.put("at", TimeText.of(at));
    json.put("by", by);
    json.put("event", event);
    json.put("run_id", run == null ? null : run.value());
    json.put("execution_id", execution == null ? null : execution.value());
    json.put("client", client == null ? null : client.value());
    json.put("reason", reason);
    json.set("detail", detail.get());
    return json;
  }
}

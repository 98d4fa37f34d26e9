package io.octopus.coordinator.store;

import io.octopus.coordinator.task.AttemptRecord;
import io.octopus.coordinator.task.ExecutionStatus;
import io.octopus.coordinator.task.PlannedExecution;
import io.octopus.coordinator.task.TaskEvent.AttemptEnded;
import io.octopus.coordinator.task.TaskEvent.AttemptGranted;
import io.octopus.coordinator.task.TaskEvent.ExecutionEnded;
import io.octopus.coordinator.task.TaskEvent.RunStarted;
import io.octopus.protocol.TaskId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What events change in the rows of executions. */
final class ExecutionViews {

  private static final String WAITS_AGAIN =
      """
      UPDATE executions SET status = 'Pending', client = waits_for, attempts = ?, message = ?,
        error = ?, reason = ?, progress = NULL, wake_at = ?
      WHERE id = ?
      """;

  private ExecutionViews() {}

  static void planned(RowChanges rows, TaskId task, RunStarted event) throws SQLException {
    for (PlannedExecution planned : event.executions()) {
      rows.insert("executions", planned.execution())
          .set("task_id", task)
          .set("run_id", event.run())
          .set("plugin", JsonText.plugin(event.plugin()))
          .set("action", event.action())
          .set("client", planned.client())
          .set("status", ExecutionStatus.Pending)
          .set("attempt", 0)
          .set("attempts", "[]")
          .set("fire_time", event.fireTime())
          .set("created_at", event.at())
          .set("started_at", null)
          .set("finished_at", null)
          .set("duration_ms", null)
          .set("wait_ms", null)
          .set("result", null)
          .set("result_size", null)
          .set("message", null)
          .set("error", null)
          .set("reason", planned.reason())
          .set("progress", null)
          .set("waits_for", planned.client())
          .set("wake_at", event.expiresAt())
          .set("created_ms", event.at().toEpochMilli());
    }
  }

  static void granted(RowChanges rows, AttemptGranted event) throws SQLException {
    List<AttemptRecord> attempts = new ArrayList<>(event.earlier());
    attempts.add(event.record());
    rows.update("executions", event.attempt().execution())
        .set("status", ExecutionStatus.Running)
        .set("client", event.worker())
        .set("attempt", event.attempt().number())
        .set("attempts", JsonText.attempts(attempts))
        .set("plugin", JsonText.plugin(event.plugin()))
        .setOnce("started_at", event.at())
        .setOnceSince("wait_ms", event.at().toEpochMilli(), "created_ms")
        .set("wake_at", event.expiresAt())
        .set("result", null)
        .set("result_size", null)
        .set("message", null)
        .set("error", null)
        .set("reason", null)
        .set("progress", null);
  }

  static void attemptEnded(RowChanges rows, AttemptEnded event) throws SQLException {
    OutcomeColumns outcome = OutcomeColumns.of(event.outcome());
    if (!event.status().isFinal()) {
      rows.now()
          .run(
              WAITS_AGAIN,
              JsonText.attempts(event.attempts()),
              outcome.message(),
              outcome.error(),
              event.reason(),
              event.nextLookAt(),
              event.attempt().execution());
      return;
    }
    Instant finishedAt = finishedAt(event);
    rows.update("executions", event.attempt().execution())
        .set("status", event.status())
        .set("attempts", JsonText.attempts(event.attempts()))
        .set("finished_at", finishedAt)
        .set("duration_ms", durationMillis(event, finishedAt))
        .set("result", outcome.result())
        .set("result_size", outcome.resultSize())
        .set("message", outcome.message())
        .set("error", outcome.error())
        .set("reason", event.reason())
        .set("wake_at", null);
  }

  static void ended(RowChanges rows, ExecutionEnded event) throws SQLException {
    rows.update("executions", event.execution())
        .set("status", event.status())
        .set("finished_at", event.at())
        .set("message", event.message())
        .set("reason", event.reason())
        .set("wake_at", null);
  }

  /** A result may have waited in its worker's spool: the work ended when the attempt says so. */
  private static Instant finishedAt(AttemptEnded event) {
    Instant finishedAt =
        event.attempts().isEmpty()
            ? null
            : event.attempts().get(event.attempts().size() - 1).finishedAt();
    return finishedAt == null ? event.at() : finishedAt;
  }

  /** Start and end may have been read from two clocks, which may differ: never below zero. */
  private static long durationMillis(AttemptEnded event, Instant finishedAt) {
    return event.attempts().stream()
        .findFirst()
        .map(first -> Math.max(0, Duration.between(first.startedAt(), finishedAt).toMillis()))
        .orElse(0L);
  }
}

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

  private static final String GRANTED =
      """
      UPDATE executions SET status = 'Running', client = ?, attempt = ?, attempts = ?, plugin = ?,
        started_at = COALESCE(started_at, ?), wait_ms = COALESCE(wait_ms, ? - created_ms),
        wake_at = ?, result = NULL, result_size = NULL, message = NULL, error = NULL, reason = NULL, progress = NULL
      WHERE id = ?
      """;

  private static final String WAITS_AGAIN =
      """
      UPDATE executions SET status = 'Pending', client = waits_for, attempts = ?, message = ?,
        error = ?, reason = ?, progress = NULL, wake_at = ?
      WHERE id = ?
      """;

  private static final String ATTEMPT_WAS_LAST =
      """
      UPDATE executions SET status = ?, attempts = ?, finished_at = ?, duration_ms = ?, result = ?,
        result_size = ?, message = ?, error = ?, reason = ?, wake_at = NULL
      WHERE id = ?
      """;

  private static final String ENDED_WAITING =
      """
      UPDATE executions SET status = ?, finished_at = ?, message = ?, reason = ?, wake_at = NULL
      WHERE id = ?
      """;

  private ExecutionViews() {}

  static void planned(Statements statements, TaskId task, RunStarted event) throws SQLException {
    for (PlannedExecution planned : event.executions()) {
      statements.upsert(
          "executions",
          new Row()
              .with("id", planned.execution())
              .with("task_id", task)
              .with("run_id", event.run())
              .with("plugin", JsonText.plugin(event.plugin()))
              .with("action", event.action())
              .with("client", planned.client())
              .with("status", ExecutionStatus.Pending)
              .with("attempt", 0)
              .with("attempts", "[]")
              .with("fire_time", event.fireTime())
              .with("created_at", event.at())
              .with("started_at", null)
              .with("finished_at", null)
              .with("duration_ms", null)
              .with("wait_ms", null)
              .with("result", null)
              .with("result_size", null)
              .with("message", null)
              .with("error", null)
              .with("reason", planned.reason())
              .with("progress", null)
              .with("waits_for", planned.client())
              .with("wake_at", event.expiresAt())
              .with("created_ms", event.at().toEpochMilli()));
    }
  }

  static void granted(Statements statements, AttemptGranted event) throws SQLException {
    List<AttemptRecord> attempts = new ArrayList<>(event.earlier());
    attempts.add(event.record());
    statements.run(
        GRANTED,
        event.worker(),
        event.attempt().number(),
        JsonText.attempts(attempts),
        JsonText.plugin(event.plugin()),
        event.at(),
        event.at().toEpochMilli(),
        event.expiresAt(),
        event.attempt().execution());
  }

  static void attemptEnded(Statements statements, AttemptEnded event) throws SQLException {
    OutcomeColumns outcome = OutcomeColumns.of(event.outcome());
    if (!event.status().isFinal()) {
      statements.run(
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
    statements.run(
        ATTEMPT_WAS_LAST,
        event.status(),
        JsonText.attempts(event.attempts()),
        finishedAt,
        durationMillis(event, finishedAt),
        outcome.result(),
        outcome.resultSize(),
        outcome.message(),
        outcome.error(),
        event.reason(),
        event.attempt().execution());
  }

  static void ended(Statements statements, ExecutionEnded event) throws SQLException {
    statements.run(
        ENDED_WAITING,
        event.status(),
        event.at(),
        event.message(),
        event.reason(),
        event.execution());
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

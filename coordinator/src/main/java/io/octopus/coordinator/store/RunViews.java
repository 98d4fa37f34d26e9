package io.octopus.coordinator.store;

import io.octopus.coordinator.task.RunCounts;
import io.octopus.coordinator.task.RunStatus;
import io.octopus.coordinator.task.TaskEvent.AttemptGranted;
import io.octopus.coordinator.task.TaskEvent.RunEnded;
import io.octopus.coordinator.task.TaskEvent.RunStarted;
import io.octopus.coordinator.task.TaskEvent.RunsSkipped;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import java.sql.SQLException;

/** What events change in a run's row. */
final class RunViews {

  private static final String GRANTED =
      """
      UPDATE runs SET status = 'Running', started_at = COALESCE(started_at, ?), counts = ?
      WHERE id = ?
      """;

  private static final String COUNTED = "UPDATE runs SET counts = ? WHERE id = ?";

  private static final String ENDED =
      "UPDATE runs SET status = ?, reason = ?, counts = ?, finished_at = ? WHERE id = ?";

  private RunViews() {}

  static void started(Statements statements, TaskId task, RunStarted event) throws SQLException {
    statements.upsert(
        "runs",
        new Row()
            .with("id", event.run())
            .with("task_id", task)
            .with("fire_time", event.fireTime())
            .with("trigger", event.trigger().text())
            .with("targets", JsonText.targets(event.executions()))
            .with("skipped", JsonText.skipped(event.skipped()))
            .with("status", RunStatus.Pending)
            .with("reason", null)
            .with("counts", JsonText.pending(event.executions().size()))
            .with("created_at", event.at())
            .with("started_at", null)
            .with("finished_at", null)
            .with("created_by", event.by())
            .with("args", event.args())
            .with("kwargs", event.kwargs())
            .with("expires_at", event.expiresAt()));
  }

  static void skipped(Statements statements, TaskId task, RunsSkipped event) throws SQLException {
    statements.upsert(
        "runs",
        new Row()
            .with("id", event.run())
            .with("task_id", task)
            .with("fire_time", event.fireTime())
            .with("trigger", event.trigger().text())
            .with("targets", "[]")
            .with("skipped", "[]")
            .with("status", RunStatus.Skipped)
            .with("reason", event.reason())
            .with("fire_time_until", event.fireTimeUntil())
            .with("skipped_count", event.count())
            .with("counts", JsonText.pending(0))
            .with("created_at", event.since())
            .with("started_at", null)
            .with("finished_at", event.at())
            .with("created_by", "schedule")
            .with("args", null)
            .with("kwargs", null)
            .with("expires_at", event.fireTimeUntil()));
  }

  static void attemptGranted(Statements statements, AttemptGranted event) throws SQLException {
    RunId run = event.attempt().execution().run();
    statements.run(GRANTED, event.at(), JsonText.counts(event.counts()), run);
  }

  static void counted(Statements statements, RunId run, RunCounts counts) throws SQLException {
    statements.run(COUNTED, JsonText.counts(counts), run);
  }

  static void ended(Statements statements, RunEnded event) throws SQLException {
    statements.run(
        ENDED,
        event.status(),
        event.reason(),
        JsonText.counts(event.counts()),
        event.at(),
        event.run());
  }
}

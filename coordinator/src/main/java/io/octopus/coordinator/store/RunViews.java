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

  private RunViews() {}

  static void started(RowChanges rows, TaskId task, RunStarted event) throws SQLException {
    rows.insert("runs", event.run())
        .set("task_id", task)
        .set("fire_time", event.fireTime())
        .set("trigger", event.trigger().text())
        .set("targets", JsonText.targets(event.executions()))
        .set("skipped", JsonText.skipped(event.skipped()))
        .set("status", RunStatus.Pending)
        .set("reason", null)
        .set("counts", JsonText.pending(event.executions().size()))
        .set("created_at", event.at())
        .set("started_at", null)
        .set("finished_at", null)
        .set("created_by", event.by())
        .set("args", event.args())
        .set("kwargs", event.kwargs())
        .set("expires_at", event.expiresAt());
  }

  static void skipped(RowChanges rows, TaskId task, RunsSkipped event) throws SQLException {
    rows.insert("runs", event.run())
        .set("task_id", task)
        .set("fire_time", event.fireTime())
        .set("trigger", event.trigger().text())
        .set("targets", "[]")
        .set("skipped", "[]")
        .set("status", RunStatus.Skipped)
        .set("reason", event.reason())
        .set("fire_time_until", event.fireTimeUntil())
        .set("skipped_count", event.count())
        .set("counts", JsonText.pending(0))
        .set("created_at", event.since())
        .set("started_at", null)
        .set("finished_at", event.at())
        .set("created_by", "schedule")
        .set("args", null)
        .set("kwargs", null)
        .set("expires_at", event.fireTimeUntil());
  }

  static void attemptGranted(RowChanges rows, AttemptGranted event) throws SQLException {
    rows.update("runs", event.attempt().execution().run())
        .set("status", RunStatus.Running)
        .setOnce("started_at", event.at())
        .set("counts", JsonText.counts(event.counts()));
  }

  static void counted(RowChanges rows, RunId run, RunCounts counts) throws SQLException {
    rows.update("runs", run).set("counts", JsonText.counts(counts));
  }

  static void ended(RowChanges rows, RunEnded event) throws SQLException {
    rows.update("runs", event.run())
        .set("status", event.status())
        .set("reason", event.reason())
        .set("counts", JsonText.counts(event.counts()))
        .set("finished_at", event.at());
  }
}

package io.octopus.coordinator.store;

import io.octopus.coordinator.task.RunStatus;
import io.octopus.coordinator.task.RunTrigger;
import io.octopus.coordinator.task.TaskDefinition;
import io.octopus.coordinator.task.TaskEvent.OutlookChanged;
import io.octopus.coordinator.task.TaskEvent.RunEnded;
import io.octopus.coordinator.task.TaskEvent.RunStarted;
import io.octopus.coordinator.task.TaskEvent.TaskCancelled;
import io.octopus.coordinator.task.TaskEvent.TaskCreated;
import io.octopus.coordinator.task.TaskEvent.TaskDeleted;
import io.octopus.coordinator.task.TaskEvent.TaskEdited;
import io.octopus.coordinator.task.TaskStatus;
import io.octopus.protocol.TaskId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What events change in a task's row. */
final class TaskViews {

  /** Only a task that has not fired yet by itself still has a time to fire at. */
  private static final String RESCHEDULE =
      "UPDATE tasks SET wake_at = ?, next_run_at = ? WHERE id = ? AND wake_at IS NOT NULL";

  private static final String DELETE =
      """
      UPDATE tasks SET deleted_at = ?, updated_at = ?, wake_at = NULL, next_run_at = NULL,
        status = CASE WHEN status IN ('Completed', 'Failed', 'Cancelled') THEN status
                      ELSE 'Cancelled' END
      WHERE id = ?
      """;

  private TaskViews() {}

  static void created(RowChanges rows, TaskId task, TaskCreated event) throws SQLException {
    Instant fireAt = event.definition().schedule().onlyTime(event.at()).orElse(null);
    define(rows.insert("tasks", task), event.definition())
        .set("status", TaskStatus.Created)
        .set("next_run_at", fireAt)
        .set("last_run", null)
        .set("version", 1)
        .set("created_at", event.at())
        .set("updated_at", event.at())
        .set("created_by", event.by())
        .set("deleted_at", null)
        .set("request_hash", event.requestHash())
        .set("last_run_id", null)
        .set("wake_at", fireAt);
  }

  private static RowChange define(RowChange row, TaskDefinition definition) {
    ScheduleColumns schedule = ScheduleColumns.of(definition.schedule());
    return row.set("name", definition.name())
        .set("description", definition.description())
        .set("owner", definition.owner().text())
        .set("plugin", definition.plugin())
        .set("action", definition.action())
        .set("args", definition.args())
        .set("kwargs", definition.kwargs())
        .set("type", schedule.type())
        .set("execution_start_time", definition.schedule().startAt())
        .set("execution_end_time", definition.schedule().endAt())
        .set("interval", schedule.interval())
        .set("interval_mode", schedule.intervalMode())
        .set("cron", schedule.cron())
        .set("time_zone", schedule.timeZone())
        .set("overlap", schedule.overlap())
        .set("misfire", schedule.misfire())
        .set("max_concurrent_runs", definition.schedule().maxConcurrentRuns())
        .set("timeout", JsonText.seconds(definition.timeout()))
        .set("retry", JsonText.retry(definition.retry()))
        .set("expires_after", expiresAfter(definition))
        .set("labels", JsonText.labels(definition.labels()));
  }

  static void edited(RowChanges rows, TaskId task, TaskEdited event) throws SQLException {
    TaskDefinition definition = event.definition();
    define(rows.update("tasks", task), definition)
        .set("version", event.version())
        .set("updated_at", event.at());
    Optional<Instant> fireAt = definition.schedule().onlyTime(event.at());
    if (fireAt.isPresent()) {
      rows.now().run(RESCHEDULE, fireAt.get(), fireAt.get(), task);
    }
  }

  static void paused(RowChanges rows, TaskId task, boolean paused, Instant at) throws SQLException {
    rows.update("tasks", task).set("paused", paused ? 1 : 0).set("updated_at", at);
  }

  static void outlookChanged(RowChanges rows, TaskId task, OutlookChanged event)
      throws SQLException {
    rows.update("tasks", task)
        .set("status", event.status())
        .set("next_run_at", event.nextRunAt())
        .set("wake_at", event.wakeAt());
  }

  static void cancelled(RowChanges rows, TaskId task, TaskCancelled event) throws SQLException {
    // a task that waits for its time no longer does
    rows.update("tasks", task)
        .set("status", TaskStatus.Cancelled)
        .set("updated_at", event.at())
        .set("wake_at", null)
        .set("next_run_at", null);
  }

  static void deleted(RowChanges rows, TaskId task, TaskDeleted event) throws SQLException {
    rows.now().run(DELETE, event.at(), event.at(), task);
  }

  static void runStarted(RowChanges rows, TaskId task, RunStarted event) throws SQLException {
    String lastRun =
        JsonText.lastRun(
            event.run(), RunStatus.Pending, null, JsonText.pending(event.executions().size()));
    var row =
        rows.update("tasks", task)
            .set("status", TaskStatus.Active)
            .set("last_run_id", event.run())
            .set("last_run", lastRun)
            .set("updated_at", event.at());
    if (event.trigger() == RunTrigger.ADHOC) {
      row.set("wake_at", null).set("next_run_at", null);
    }
  }

  static void runEnded(RowChanges rows, TaskId task, RunEnded event) throws SQLException {
    String lastRun =
        JsonText.lastRun(event.run(), event.status(), event.at(), JsonText.counts(event.counts()));
    // the last run is the one that started last, not the one that ended last
    rows.updateWhen("tasks", task, "last_run")
        .set("status", event.taskStatus())
        .set("updated_at", event.at())
        .setWhen("last_run_id", event.run().value(), "last_run", lastRun);
  }

  private static @Nullable Number expiresAfter(TaskDefinition definition) {
    return definition.expiresAfter() == null ? null : JsonText.seconds(definition.expiresAfter());
  }
}

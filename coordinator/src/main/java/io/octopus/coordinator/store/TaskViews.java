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

  private static final String EDIT =
      """
      UPDATE tasks SET name = ?, description = ?, owner = ?, plugin = ?, action = ?, args = ?,
        kwargs = ?, type = ?, execution_start_time = ?, execution_end_time = ?, interval = ?,
        interval_mode = ?, cron = ?, time_zone = ?, overlap = ?, misfire = ?,
        max_concurrent_runs = ?, timeout = ?, retry = ?, expires_after = ?, labels = ?,
        version = ?, updated_at = ?
      WHERE id = ?
      """;

  /** A task that waits for its time no longer does. */
  private static final String CANCEL =
      """
      UPDATE tasks SET status = 'Cancelled', updated_at = ?, wake_at = NULL, next_run_at = NULL
      WHERE id = ?
      """;

  /** Only a task that has not fired yet by itself still has a time to fire at. */
  private static final String RESCHEDULE =
      "UPDATE tasks SET wake_at = ?, next_run_at = ? WHERE id = ? AND wake_at IS NOT NULL";

  private static final String PAUSE = "UPDATE tasks SET paused = ?, updated_at = ? WHERE id = ?";

  private static final String OUTLOOK =
      "UPDATE tasks SET status = ?, next_run_at = ?, wake_at = ? WHERE id = ?";

  private static final String DELETE =
      """
      UPDATE tasks SET deleted_at = ?, updated_at = ?, wake_at = NULL, next_run_at = NULL,
        status = CASE WHEN status IN ('Completed', 'Failed', 'Cancelled') THEN status
                      ELSE 'Cancelled' END
      WHERE id = ?
      """;

  private static final String RUN =
      "UPDATE tasks SET status = ?, last_run_id = ?, last_run = ?, updated_at = ? WHERE id = ?";

  private static final String FIRED =
      "UPDATE tasks SET wake_at = NULL, next_run_at = NULL WHERE id = ?";

  /** The last run is the one that started last, not the one that ended last. */
  private static final String RUN_ENDED =
      """
      UPDATE tasks SET status = ?, updated_at = ?,
        last_run = CASE WHEN last_run_id = ? THEN ? ELSE last_run END
      WHERE id = ?
      """;

  private TaskViews() {}

  static void created(Statements statements, TaskId task, TaskCreated event) throws SQLException {
    TaskDefinition definition = event.definition();
    ScheduleColumns schedule = ScheduleColumns.of(definition.schedule());
    Instant fireAt = definition.schedule().onlyTime(event.at()).orElse(null);
    statements.upsert(
        "tasks",
        new Row()
            .with("id", task)
            .with("name", definition.name())
            .with("description", definition.description())
            .with("owner", definition.owner().text())
            .with("plugin", definition.plugin())
            .with("action", definition.action())
            .with("args", definition.args())
            .with("kwargs", definition.kwargs())
            .with("type", schedule.type())
            .with("execution_start_time", definition.schedule().startAt())
            .with("execution_end_time", definition.schedule().endAt())
            .with("interval", schedule.interval())
            .with("interval_mode", schedule.intervalMode())
            .with("cron", schedule.cron())
            .with("time_zone", schedule.timeZone())
            .with("overlap", schedule.overlap())
            .with("misfire", schedule.misfire())
            .with("max_concurrent_runs", definition.schedule().maxConcurrentRuns())
            .with("timeout", JsonText.seconds(definition.timeout()))
            .with("retry", JsonText.retry(definition.retry()))
            .with("expires_after", expiresAfter(definition))
            .with("labels", JsonText.labels(definition.labels()))
            .with("status", TaskStatus.Created)
            .with("next_run_at", fireAt)
            .with("last_run", null)
            .with("version", 1)
            .with("created_at", event.at())
            .with("updated_at", event.at())
            .with("created_by", event.by())
            .with("deleted_at", null)
            .with("request_hash", event.requestHash())
            .with("last_run_id", null)
            .with("wake_at", fireAt));
  }

  static void edited(Statements statements, TaskId task, TaskEdited event) throws SQLException {
    TaskDefinition definition = event.definition();
    ScheduleColumns schedule = ScheduleColumns.of(definition.schedule());
    statements.run(
        EDIT,
        definition.name(),
        definition.description(),
        definition.owner().text(),
        definition.plugin(),
        definition.action(),
        definition.args(),
        definition.kwargs(),
        schedule.type(),
        definition.schedule().startAt(),
        definition.schedule().endAt(),
        schedule.interval(),
        schedule.intervalMode(),
        schedule.cron(),
        schedule.timeZone(),
        schedule.overlap(),
        schedule.misfire(),
        definition.schedule().maxConcurrentRuns(),
        JsonText.seconds(definition.timeout()),
        JsonText.retry(definition.retry()),
        expiresAfter(definition),
        JsonText.labels(definition.labels()),
        event.version(),
        event.at(),
        task);
    Optional<Instant> fireAt = definition.schedule().onlyTime(event.at());
    if (fireAt.isPresent()) {
      statements.run(RESCHEDULE, fireAt.get(), fireAt.get(), task);
    }
  }

  static void paused(Statements statements, TaskId task, boolean paused, Instant at)
      throws SQLException {
    statements.run(PAUSE, paused ? 1 : 0, at, task);
  }

  static void outlookChanged(Statements statements, TaskId task, OutlookChanged event)
      throws SQLException {
    statements.run(OUTLOOK, event.status(), event.nextRunAt(), event.wakeAt(), task);
  }

  static void cancelled(Statements statements, TaskId task, TaskCancelled event)
      throws SQLException {
    statements.run(CANCEL, event.at(), task);
  }

  static void deleted(Statements statements, TaskId task, TaskDeleted event) throws SQLException {
    statements.run(DELETE, event.at(), event.at(), task);
  }

  static void runStarted(Statements statements, TaskId task, RunStarted event) throws SQLException {
    String lastRun =
        JsonText.lastRun(
            event.run(), RunStatus.Pending, null, JsonText.pending(event.executions().size()));
    statements.run(RUN, TaskStatus.Active, event.run(), lastRun, event.at(), task);
    if (event.trigger() == RunTrigger.ADHOC) {
      statements.run(FIRED, task);
    }
  }

  static void runEnded(Statements statements, TaskId task, RunEnded event) throws SQLException {
    String lastRun =
        JsonText.lastRun(event.run(), event.status(), event.at(), JsonText.counts(event.counts()));
    statements.run(RUN_ENDED, event.taskStatus(), event.at(), event.run(), lastRun, task);
  }

  private static @Nullable Number expiresAfter(TaskDefinition definition) {
    return definition.expiresAfter() == null ? null : JsonText.seconds(definition.expiresAfter());
  }
}

package io.octopus.coordinator.store;

import io.octopus.coordinator.task.TaskEvent;
import io.octopus.coordinator.task.TaskEvent.AttemptEnded;
import io.octopus.coordinator.task.TaskEvent.AttemptGranted;
import io.octopus.coordinator.task.TaskEvent.ExecutionEnded;
import io.octopus.coordinator.task.TaskEvent.OutlookChanged;
import io.octopus.coordinator.task.TaskEvent.RunEnded;
import io.octopus.coordinator.task.TaskEvent.RunStarted;
import io.octopus.coordinator.task.TaskEvent.RunsSkipped;
import io.octopus.coordinator.task.TaskEvent.TaskCancelled;
import io.octopus.coordinator.task.TaskEvent.TaskCreated;
import io.octopus.coordinator.task.TaskEvent.TaskDeleted;
import io.octopus.coordinator.task.TaskEvent.TaskEdited;
import io.octopus.coordinator.task.TaskEvent.TaskPaused;
import io.octopus.coordinator.task.TaskEvent.TaskResumed;
import io.octopus.protocol.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes what events change in the rows of tasks, runs and executions. It reads nothing, and
 * writing the same events again in the same order leaves the same rows; the audit trail is written
 * once, when events are new.
 */
final class Views {

  private Views() {}

  /** What is new. */
  static void write(Connection connection, List<Committed> events) throws SQLException {
    try (Statements statements = new Statements(connection)) {
      for (Committed committed : events) {
        AuditTrail.write(statements, committed);
        write(statements, committed.task(), committed.event());
      }
    }
  }

  /** What may have been written before. */
  static void write(Statements statements, TaskId task, TaskEvent event) throws SQLException {
    if (event instanceof TaskCreated created) {
      TaskViews.created(statements, task, created);
    } else if (event instanceof TaskEdited edited) {
      TaskViews.edited(statements, task, edited);
    } else if (event instanceof TaskPaused paused) {
      TaskViews.paused(statements, task, true, paused.at());
    } else if (event instanceof TaskResumed resumed) {
      TaskViews.paused(statements, task, false, resumed.at());
    } else if (event instanceof OutlookChanged changed) {
      TaskViews.outlookChanged(statements, task, changed);
    } else if (event instanceof RunsSkipped skipped) {
      RunViews.skipped(statements, task, skipped);
    } else if (event instanceof TaskCancelled cancelled) {
      TaskViews.cancelled(statements, task, cancelled);
    } else if (event instanceof TaskDeleted deleted) {
      TaskViews.deleted(statements, task, deleted);
    } else if (event instanceof RunStarted started) {
      TaskViews.runStarted(statements, task, started);
      RunViews.started(statements, task, started);
      ExecutionViews.planned(statements, task, started);
    } else if (event instanceof AttemptGranted granted) {
      RunViews.attemptGranted(statements, granted);
      ExecutionViews.granted(statements, granted);
    } else if (event instanceof AttemptEnded ended) {
      RunViews.counted(statements, ended.attempt().execution().run(), ended.counts());
      ExecutionViews.attemptEnded(statements, ended);
    } else if (event instanceof ExecutionEnded ended) {
      RunViews.counted(statements, ended.execution().run(), ended.counts());
      ExecutionViews.ended(statements, ended);
    } else if (event instanceof RunEnded ended) {
      RunViews.ended(statements, ended);
      TaskViews.runEnded(statements, task, ended);
    } else {
      throw new IllegalStateException("no view knows the event " + event.getClass().getName());
    }
  }
}

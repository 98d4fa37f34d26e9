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
  static void write(Statements statements, List<Committed> events) throws SQLException {
    RowChanges rows = new RowChanges(statements);
    for (Committed committed : events) {
      AuditTrail.write(statements, committed);
      write(rows, committed.task(), committed.event());
    }
    rows.flush();
  }

  /** What may have been written before; written when the rows are flushed. */
  static void write(RowChanges rows, TaskId task, TaskEvent event) throws SQLException {
    if (event instanceof TaskCreated created) {
      TaskViews.created(rows, task, created);
    } else if (event instanceof TaskEdited edited) {
      TaskViews.edited(rows, task, edited);
    } else if (event instanceof TaskPaused paused) {
      TaskViews.paused(rows, task, true, paused.at());
    } else if (event instanceof TaskResumed resumed) {
      TaskViews.paused(rows, task, false, resumed.at());
    } else if (event instanceof OutlookChanged changed) {
      TaskViews.outlookChanged(rows, task, changed);
    } else if (event instanceof RunsSkipped skipped) {
      RunViews.skipped(rows, task, skipped);
    } else if (event instanceof TaskCancelled cancelled) {
      TaskViews.cancelled(rows, task, cancelled);
    } else if (event instanceof TaskDeleted deleted) {
      TaskViews.deleted(rows, task, deleted);
    } else if (event instanceof RunStarted started) {
      TaskViews.runStarted(rows, task, started);
      RunViews.started(rows, task, started);
      ExecutionViews.planned(rows, task, started);
    } else if (event instanceof AttemptGranted granted) {
      RunViews.attemptGranted(rows, granted);
      ExecutionViews.granted(rows, granted);
    } else if (event instanceof AttemptEnded ended) {
      RunViews.counted(rows, ended.attempt().execution().run(), ended.counts());
      ExecutionViews.attemptEnded(rows, ended);
    } else if (event instanceof ExecutionEnded ended) {
      RunViews.counted(rows, ended.execution().run(), ended.counts());
      ExecutionViews.ended(rows, ended);
    } else if (event instanceof RunEnded ended) {
      RunViews.ended(rows, ended);
      TaskViews.runEnded(rows, task, ended);
    } else {
      throw new IllegalStateException("no view knows the event " + event.getClass().getName());
    }
  }
}

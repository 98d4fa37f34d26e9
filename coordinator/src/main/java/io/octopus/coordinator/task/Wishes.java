package io.octopus.coordinator.task;

import io.octopus.protocol.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * What users change about a task in the middle of whatever it does. What is due is done, or
 * accounted for, before the schedule becomes another.
 */
final class Wishes {

  private Wishes() {}

  /** A new schedule starts over; another definition with the same one goes on. */
  static void edit(TaskId task, TaskCommand.Edit edit, FleetView fleet, Decision decision) {
    var before = decision.state().definition();
    if (edit.definition().equals(before)) {
      return;
    }
    @Nullable Integer generation = null;
    if (!before.schedule().firesLike(edit.definition().schedule())) {
      Firings.close(task, fleet, decision);
      generation = decision.state().timetable().generation() + 1;
    }
    int version = decision.state().version() + 1;
    decision.add(
        new TaskEvent.TaskEdited(
            edit.definition(), version, generation, edit.by(), decision.now()));
    Firings.fireDue(task, fleet, edit.by(), decision);
  }

  /** Lets the schedule rest. */
  static void pause(TaskId task, String by, FleetView fleet, Decision decision) {
    if (!decision.state().timetable().paused()) {
      Firings.fireDue(task, fleet, Firings.BY, decision);
      decision.add(new TaskEvent.TaskPaused(by, decision.now()));
    }
  }

  /** Lets the schedule go on. What was due meanwhile is accounted for and not caught up. */
  static void resume(TaskId task, String by, Decision decision) {
    if (decision.state().timetable().paused()) {
      Firings.skipDue(task, "paused", decision);
      decision.add(new TaskEvent.TaskResumed(by, decision.now()));
    }
  }

  /** Ends the schedule and what is unfinished, if there is any of them. */
  static void cancel(TaskId task, String by, FleetView fleet, Decision decision) {
    var state = decision.state();
    if (!state.runs().isEmpty() || DueTimes.next(state).isPresent()) {
      Firings.close(task, fleet, decision);
      Endings.cancelAll(by, decision);
      decision.add(new TaskEvent.TaskCancelled(by, decision.now()));
    }
  }

  /** Ends everything. */
  static void delete(TaskId task, String by, FleetView fleet, Decision decision) {
    Firings.close(task, fleet, decision);
    Endings.cancelAll(by, decision);
    decision.add(new TaskEvent.TaskDeleted(by, decision.now()));
  }
}

package io.octopus.coordinator.task;

import io.octopus.protocol.TaskId;

/** Accounts for nominal times that do not fire. Those in a row for one reason are one record. */
final class Skips {

  private Skips() {}

  /** Records these times as skipped, as one of the codes says why. */
  static void add(TaskId task, DueTimes times, String reason, Decision decision) {
    var state = decision.state();
    var last = state.timetable().lastSkip();
    boolean goesOn = last != null && last.reason().equals(reason);
    var trigger = RunTrigger.of(state.definition().schedule().trigger());
    decision.add(
        last != null && goesOn
            ? new TaskEvent.RunsSkipped(
                last.run(),
                trigger,
                reason,
                last.fireTime(),
                times.last(),
                last.count() + times.count(),
                last.since(),
                decision.now())
            : new TaskEvent.RunsSkipped(
                task.run(state.lastRun() + 1),
                trigger,
                reason,
                times.first(),
                times.last(),
                times.count(),
                decision.now(),
                decision.now()));
  }
}

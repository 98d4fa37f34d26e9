package io.octopus.coordinator.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands and when it acts next by itself, as its row says.
 *
 * @param nextRunAt the next nominal time; null when there is none, or it is not known yet
 * @param wakeAt when the task has to be woken for its schedule
 */
record Outlook(TaskStatus status, @Nullable Instant nextRunAt, @Nullable Instant wakeAt) {

  /** What follows from a task's state. */
  static Outlook of(TaskState.Live task, Instant now) {
    var next = DueTimes.next(task).orElse(null);
    var status = status(task, next != null);
    if (next == null) {
      return new Outlook(status, null, null);
    }
    if (task.timetable().paused()) {
      return new Outlook(status, null, task.definition().schedule().endAt());
    }
    return new Outlook(status, next, isHeldUp(task, next, now) ? null : next);
  }

  /** Missed times that are fired one after another need no waking: a run's end starts the next. */
  private static boolean isHeldUp(TaskState.Live task, Instant next, Instant now) {
    return task.definition().schedule().misfire() == MisfirePolicy.FIRE_ALL
        && !next.isAfter(now)
        && !task.runs().isEmpty();
  }

  private static TaskStatus status(TaskState.Live task, boolean hasNext) {
    if (!task.runs().isEmpty()) {
      return TaskStatus.Active;
    }
    boolean isRecurring = task.definition().schedule().trigger().isRecurring();
    if (hasNext) {
      return isRecurring || task.lastRun() > 0 ? TaskStatus.Active : TaskStatus.Created;
    }
    if (!isRecurring) {
      return task.afterLatest();
    }
    return task.timetable().cancelled() ? TaskStatus.Cancelled : TaskStatus.Completed;
  }

  /** What the row of a new task says before anything else is decided. */
  static Outlook created(TaskDefinition definition, Instant at) {
    return new Outlook(TaskStatus.Created, null, null).given(definition, at);
  }

  /** What the row says after an edit: whoever waits for the only time waits for the new one. */
  Outlook edited(TaskDefinition definition, Instant at) {
    return wakeAt == null ? this : given(definition, at);
  }

  private Outlook given(TaskDefinition definition, Instant at) {
    return definition
        .schedule()
        .onlyTime(at)
        .map(time -> new Outlook(status, time, time))
        .orElse(this);
  }

  Outlook started(RunTrigger trigger) {
    return trigger == RunTrigger.ADHOC
        ? new Outlook(TaskStatus.Active, null, null)
        : standing(TaskStatus.Active);
  }

  Outlook standing(TaskStatus newStatus) {
    return new Outlook(newStatus, nextRunAt, wakeAt);
  }
}

package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.task.ExecutionStatus;
import io.octopus.coordinator.task.RunTrigger;
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
import io.octopus.protocol.work.AttemptOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says each event as a line of the history: the one place that knows which of them somebody wanted,
 * and are kept in the audit trail. Results are not repeated in it.
 */
final class HistoryLines {

  private static final String CANCELLED_BY = "cancelled by ";

  private HistoryLines() {}

  static HistoryLine of(TaskEvent event) {
    if (event instanceof TaskCreated created) {
      return HistoryLine.change(
          created.at(),
          created.by(),
          "task_created",
          () -> detail("version", 1).set("definition", DefinitionJson.of(created.definition())));
    }
    if (event instanceof TaskEdited edited) {
      return edited(edited);
    }
    if (event instanceof TaskPaused paused) {
      return HistoryLine.change(paused.at(), paused.by(), "task_paused", HistoryLines::none);
    }
    if (event instanceof TaskResumed resumed) {
      return HistoryLine.change(resumed.at(), resumed.by(), "task_resumed", HistoryLines::none);
    }
    if (event instanceof TaskCancelled cancelled) {
      return HistoryLine.change(
          cancelled.at(), cancelled.by(), "task_cancelled", HistoryLines::none);
    }
    if (event instanceof TaskDeleted deleted) {
      return HistoryLine.change(deleted.at(), deleted.by(), "task_deleted", HistoryLines::none);
    }
    if (event instanceof OutlookChanged changed) {
      return HistoryLine.happened(
          changed.at(),
          "outlook_changed",
          () ->
              detail("status", changed.status().name())
                  .put("next_run_at", time(changed.nextRunAt())));
    }
    return ofARun(event);
  }

  private static HistoryLine ofARun(TaskEvent event) {
    if (event instanceof RunStarted started) {
      return runStarted(started);
    }
    if (event instanceof RunsSkipped skipped) {
      return HistoryLine.happened(
              skipped.at(),
              "runs_skipped",
              () ->
                  detail("trigger", skipped.trigger().text())
                      .put("fire_time", time(skipped.fireTime()))
                      .put("fire_time_until", time(skipped.fireTimeUntil()))
                      .put("skipped_count", skipped.count()))
          .of(skipped.run())
          .because(skipped.reason());
    }
    if (event instanceof AttemptGranted granted) {
      return HistoryLine.happened(
              granted.at(),
              "attempt_granted",
              () ->
                  detail("attempt", granted.attempt().number())
                      .set("plugin", JsonText.read(JsonText.plugin(granted.plugin()))))
          .of(granted.attempt().execution())
          .on(granted.worker());
    }
    if (event instanceof AttemptEnded ended) {
      return attemptEnded(ended);
    }
    if (event instanceof ExecutionEnded ended) {
      return executionEnded(ended);
    }
    if (event instanceof RunEnded ended) {
      return HistoryLine.happened(
              ended.at(),
              "run_ended",
              () ->
                  detail("status", ended.status().name())
                      .<ObjectNode>set("counts", JsonText.read(JsonText.counts(ended.counts())))
                      .put("task_status", ended.taskStatus().name()))
          .of(ended.run())
          .because(ended.reason());
    }
    throw new IllegalStateException("no history knows the event " + event.getClass().getName());
  }

  private static HistoryLine edited(TaskEdited edited) {
    return HistoryLine.change(
        edited.at(),
        edited.by(),
        "task_edited",
        () ->
            detail("version", edited.version())
                .put("generation", edited.generation())
                .set("definition", DefinitionJson.of(edited.definition())));
  }

  private static HistoryLine runStarted(RunStarted started) {
    boolean isWanted =
        started.trigger() == RunTrigger.MANUAL || started.trigger() == RunTrigger.RETRY;
    return HistoryLine.change(started.at(), started.by(), "run_started", () -> firing(started))
        .of(started.run())
        .wantedIf(isWanted);
  }

  private static ObjectNode firing(RunStarted started) {
    ObjectNode detail =
        detail("trigger", started.trigger().text()).put("fire_time", time(started.fireTime()));
    detail.set("targets", JsonText.read(JsonText.targets(started.executions())));
    detail.set("skipped", JsonText.read(JsonText.skipped(started.skipped())));
    detail.set("args", RowJson.parsed(started.args()));
    detail.set("kwargs", RowJson.parsed(started.kwargs()));
    return detail;
  }

  private static HistoryLine attemptEnded(AttemptEnded ended) {
    AttemptOutcome outcome = ended.outcome();
    boolean isCancelled = outcome instanceof AttemptOutcome.Cancelled;
    return HistoryLine.happened(
            ended.at(),
            "attempt_ended",
            () ->
                detail("attempt", ended.attempt().number())
                    .put("outcome", outcome.getClass().getSimpleName())
                    .put("status", ended.status().name())
                    .put("message", OutcomeColumns.of(outcome).message())
                    .put("retry_at", time(ended.notBefore())))
        .of(ended.attempt().execution())
        .on(
            ended.attempts().isEmpty()
                ? null
                : ended.attempts().get(ended.attempts().size() - 1).client())
        .because(ended.reason())
        .by(who(outcome))
        // what a newer firing takes the place of has its reason; what a user cancels has none
        .wantedIf(isCancelled && ended.reason() == null);
  }

  private static String who(AttemptOutcome outcome) {
    if (outcome instanceof AttemptOutcome.Cancelled cancelled) {
      return cancelled.by();
    }
    return outcome instanceof AttemptOutcome.Lost ? HistoryLine.COORDINATOR : "client";
  }

  private static HistoryLine executionEnded(ExecutionEnded ended) {
    HistoryLine line =
        HistoryLine.happened(
                ended.at(),
                "execution_ended",
                () -> detail("status", ended.status().name()).put("message", ended.message()))
            .of(ended.execution())
            .because(ended.reason());
    // who cancelled what waited is in the event's message only
    return ended.status() == ExecutionStatus.Cancelled && ended.message().startsWith(CANCELLED_BY)
        ? line.by(ended.message().substring(CANCELLED_BY.length())).wantedIf(ended.reason() == null)
        : line;
  }

  private static ObjectNode none() {
    return JsonText.MAPPER.createObjectNode();
  }

  private static ObjectNode detail(String field, String value) {
    return none().put(field, value);
  }

  private static ObjectNode detail(String field, int value) {
    return none().put(field, value);
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : TimeText.of(time);
  }
}

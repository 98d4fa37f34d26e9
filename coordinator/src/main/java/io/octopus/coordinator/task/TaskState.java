package io.octopus.coordinator.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.octopus.protocol.CborSerializable;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a task remembers. Immutable and bounded: finished runs live in the read model only.
 *
 * <p>Every event leads from each state to exactly one next state; nothing here decides anything.
 */
public sealed interface TaskState extends CborSerializable {

  /** The state after this event. */
  TaskState on(TaskEvent event);

  /** No task was created under this id. */
  record Absent() implements TaskState {

    @Override
    public TaskState on(TaskEvent event) {
      return event instanceof TaskEvent.TaskCreated created ? Live.created(created) : this;
    }
  }

  /** The task was deleted; its id stays taken. */
  record Deleted(String requestHash) implements TaskState {

    @Override
    public TaskState on(TaskEvent event) {
      return this;
    }
  }

  /**
   * The task is there.
   *
   * @param version counts the definitions, from 1
   * @param lastRun the newest run's number, 0 before the first; skip records count
   * @param afterLatest the status in which the newest run left the task, once that run ended
   * @param runs the unfinished ones, by their text id, oldest first
   * @param timetable how far its schedule is
   * @param shown what its row says
   */
  record Live(
      TaskDefinition definition,
      String requestHash,
      int version,
      int lastRun,
      TaskStatus afterLatest,
      Map<String, Run> runs,
      Timetable timetable,
      Outlook shown)
      implements TaskState {

    /**
     * As it is stored.
     *
     * @param status of tasks that were stored before there were schedules
     */
    @JsonCreator
    static Live stored(
        @JsonProperty("definition") TaskDefinition definition,
        @JsonProperty("requestHash") String requestHash,
        @JsonProperty("version") int version,
        @JsonProperty("lastRun") int lastRun,
        @JsonProperty("status") @Nullable TaskStatus status,
        @JsonProperty("afterLatest") TaskStatus afterLatest,
        @JsonProperty("runs") Map<String, Run> runs,
        @JsonProperty("timetable") @Nullable Timetable timetable,
        @JsonProperty("shown") @Nullable Outlook shown) {
      var standing = status == null ? TaskStatus.Active : status;
      return new Live(
          definition,
          requestHash,
          version,
          lastRun,
          afterLatest,
          runs,
          timetable == null ? Timetable.beforeSchedules(standing) : timetable,
          shown == null ? new Outlook(standing, null, null) : shown);
    }

    private static Live created(TaskEvent.TaskCreated event) {
      return new Live(
          event.definition(),
          event.requestHash(),
          1,
          0,
          TaskStatus.Created,
          Map.of(),
          Timetable.starting(event.at()),
          Outlook.created(event.definition(), event.at()));
    }

    @Override
    public TaskState on(TaskEvent event) {
      if (event instanceof TaskEvent.RunStarted started) {
        return withRun(Run.started(started, definition))
            .counting(lastRun + 1)
            .at(timetable.after(started))
            .showing(shown.started(started.trigger()));
      }
      if (event instanceof TaskEvent.RunsSkipped skipped) {
        return skipping(skipped);
      }
      if (event instanceof TaskEvent.AttemptGranted granted) {
        return changing(
            granted.attempt().execution(),
            (run, execution) -> run.with(execution.granted(granted), granted.counts()));
      }
      if (event instanceof TaskEvent.AttemptEnded ended) {
        return changing(
            ended.attempt().execution(),
            (run, execution) ->
                ended.status().isFinal()
                    ? run.without(execution.id(), ended.counts())
                    : run.with(execution.waitingAgain(ended), ended.counts()));
      }
      if (event instanceof TaskEvent.ExecutionEnded ended) {
        return changing(
            ended.execution(), (run, execution) -> run.without(execution.id(), ended.counts()));
      }
      if (event instanceof TaskEvent.RunEnded ended) {
        return withoutRun(ended).showing(shown.standing(ended.taskStatus()));
      }
      if (event instanceof TaskEvent.TaskEdited edited) {
        return edited(edited);
      }
      if (event instanceof TaskEvent.OutlookChanged changed) {
        return showing(new Outlook(changed.status(), changed.nextRunAt(), changed.wakeAt()));
      }
      return onUsersWish(event);
    }

    private TaskState onUsersWish(TaskEvent event) {
      if (event instanceof TaskEvent.TaskPaused) {
        return at(timetable.pausing(true));
      }
      if (event instanceof TaskEvent.TaskResumed) {
        return at(timetable.pausing(false));
      }
      if (event instanceof TaskEvent.TaskCancelled) {
        return leftBy(TaskStatus.Cancelled)
            .at(timetable.ended())
            .showing(new Outlook(TaskStatus.Cancelled, null, null));
      }
      return event instanceof TaskEvent.TaskDeleted ? new Deleted(requestHash) : this;
    }

    /** Where the task stands. */
    @JsonProperty("status")
    TaskStatus status() {
      return shown.status();
    }

    /** The unfinished run of this id. */
    Optional<Run> run(RunId run) {
      return Optional.ofNullable(runs.get(run.value()));
    }

    /** The unfinished execution of this id. */
    Optional<Execution> execution(ExecutionId execution) {
      return run(execution.run()).flatMap(run -> run.execution(execution));
    }

    /** The unfinished runs, oldest first. */
    List<Run> unfinished() {
      return List.copyOf(runs.values());
    }

    private Live changing(ExecutionId id, Change change) {
      return run(id.run())
          .flatMap(run -> run.execution(id).map(execution -> change.of(run, execution)))
          .map(this::withRun)
          .orElse(this);
    }

    private Live withRun(Run run) {
      var all = new LinkedHashMap<>(runs);
      all.put(run.id().value(), run);
      return having(all);
    }

    /** Whether this is the newest run. */
    boolean isLatest(RunId run) {
      return run.equals(run.task().run(lastRun));
    }

    private Live withoutRun(TaskEvent.RunEnded ended) {
      var all = new LinkedHashMap<>(runs);
      all.remove(ended.run().value());
      var left = isLatest(ended.run()) ? leftBy(TaskStatus.after(ended.status())) : this;
      return all.isEmpty()
          ? left.having(all).at(timetable.afterLastRun(ended.at(), definition.schedule()))
          : left.having(all);
    }

    private Live skipping(TaskEvent.RunsSkipped skipped) {
      boolean isNew =
          timetable.lastSkip() == null || !timetable.lastSkip().run().equals(skipped.run());
      return counting(isNew ? lastRun + 1 : lastRun)
          .leftBy(TaskStatus.after(RunStatus.Skipped))
          .at(timetable.after(skipped, definition.schedule()));
    }

    private Live edited(TaskEvent.TaskEdited edited) {
      return new Live(
          edited.definition(),
          requestHash,
          edited.version(),
          lastRun,
          afterLatest,
          runs,
          timetable.after(edited),
          shown.edited(edited.definition(), edited.at()));
    }

    private Live having(Map<String, Run> newRuns) {
      return new Live(
          definition, requestHash, version, lastRun, afterLatest, newRuns, timetable, shown);
    }

    private Live counting(int newLastRun) {
      return new Live(
          definition, requestHash, version, newLastRun, afterLatest, runs, timetable, shown);
    }

    private Live leftBy(TaskStatus newAfterLatest) {
      return new Live(
          definition, requestHash, version, lastRun, newAfterLatest, runs, timetable, shown);
    }

    private Live at(Timetable newTimetable) {
      return new Live(
          definition, requestHash, version, lastRun, afterLatest, runs, newTimetable, shown);
    }

    private Live showing(Outlook newShown) {
      return new Live(
          definition, requestHash, version, lastRun, afterLatest, runs, timetable, newShown);
    }

    private interface Change {
      Run of(Run run, Execution execution);
    }
  }
}

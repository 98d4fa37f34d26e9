package io.octopus.coordinator.task;

import io.octopus.protocol.CborSerializable;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
      return event instanceof TaskEvent.TaskCreated created
          ? new Live(
              created.definition(),
              created.requestHash(),
              1,
              0,
              TaskStatus.Created,
              TaskStatus.Created,
              Map.of())
          : this;
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
   * @param lastRun the newest run's number, 0 before the first
   * @param afterLatest the status in which the newest run left the task, once that run ended
   * @param runs the unfinished ones, by their text id, oldest first
   */
  record Live(
      TaskDefinition definition,
      String requestHash,
      int version,
      int lastRun,
      TaskStatus status,
      TaskStatus afterLatest,
      Map<String, Run> runs)
      implements TaskState {

    @Override
    public TaskState on(TaskEvent event) {
      if (event instanceof TaskEvent.RunStarted started) {
        return withRun(Run.started(started, definition)).counting(lastRun + 1);
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
        return withoutRun(ended).standing(ended.taskStatus());
      }
      if (event instanceof TaskEvent.TaskEdited edited) {
        return new Live(
            edited.definition(), requestHash, edited.version(), lastRun, status, afterLatest, runs);
      }
      if (event instanceof TaskEvent.TaskCancelled) {
        return standing(TaskStatus.Cancelled);
      }
      return event instanceof TaskEvent.TaskDeleted ? new Deleted(requestHash) : this;
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
      return new Live(
          definition, requestHash, version, lastRun, TaskStatus.Active, afterLatest, all);
    }

    /** Whether this is the newest run. */
    boolean isLatest(RunId run) {
      return run.equals(run.task().run(lastRun));
    }

    private Live withoutRun(TaskEvent.RunEnded ended) {
      var all = new LinkedHashMap<>(runs);
      all.remove(ended.run().value());
      var latest = isLatest(ended.run()) ? TaskStatus.after(ended.status()) : afterLatest;
      return new Live(definition, requestHash, version, lastRun, status, latest, all);
    }

    private Live counting(int newLastRun) {
      return new Live(definition, requestHash, version, newLastRun, status, afterLatest, runs);
    }

    private Live standing(TaskStatus newStatus) {
      return new Live(definition, requestHash, version, lastRun, newStatus, afterLatest, runs);
    }

    private interface Change {
      Run of(Run run, Execution execution);
    }
  }
}

package io.octopus.coordinator.task;

import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An unfinished run: one firing with its frozen targets.
 *
 * @param trigger null for runs that were stored before there were schedules
 * @param work the definition it fired with; later edits do not change it
 * @param startedAt null for runs that were stored before there were schedules
 * @param executions the unfinished ones, by their text id, in order
 * @param counts of all its executions
 */
record Run(
    RunId id,
    @Nullable RunTrigger trigger,
    TaskDefinition work,
    Instant fireTime,
    @Nullable Instant startedAt,
    Instant expiresAt,
    Map<String, Execution> executions,
    RunCounts counts) {

  static Run started(TaskEvent.RunStarted event, TaskDefinition definition) {
    var executions = new LinkedHashMap<String, Execution>();
    for (var plan : event.executions()) {
      executions.put(plan.execution().value(), Execution.planned(plan));
    }
    return new Run(
        event.run(),
        event.trigger(),
        definition.withArguments(event.args(), event.kwargs()),
        event.fireTime(),
        event.at(),
        event.expiresAt(),
        executions,
        RunCounts.allPending(executions.size()));
  }

  /** Whether its executions wait for earlier ones on their clients. */
  boolean isQueued() {
    return trigger != null
        && trigger.isScheduled()
        && work.schedule().overlap() == OverlapPolicy.QUEUE_ONE;
  }

  Optional<Execution> execution(ExecutionId execution) {
    return Optional.ofNullable(executions.get(execution.value()));
  }

  Run with(Execution changed, RunCounts newCounts) {
    var all = new LinkedHashMap<>(executions);
    all.put(changed.id().value(), changed);
    return new Run(id, trigger, work, fireTime, startedAt, expiresAt, all, newCounts);
  }

  Run without(ExecutionId ended, RunCounts newCounts) {
    var all = new LinkedHashMap<>(executions);
    all.remove(ended.value());
    return new Run(id, trigger, work, fireTime, startedAt, expiresAt, all, newCounts);
  }

  /** Where an execution of this run may run. */
  Placement placement(Execution execution) {
    return execution.client() == null
        ? new Placement.Anywhere(work.labels())
        : new Placement.On(execution.client());
  }
}

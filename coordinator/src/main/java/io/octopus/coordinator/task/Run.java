package io.octopus.coordinator.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * An unfinished run: one firing with its frozen targets.
 *
 * @param trigger null for runs that were stored before there were schedules
 * @param work the definition it fired with; later edits do not change it
 * @param startedAt null for runs that were stored before there were schedules
 * @param executions the unfinished ones, by their text id, in order; one of thousands changes
 *     without a copy of the others
 * @param counts of all its executions
 */
record Run(
    RunId id,
    @Nullable RunTrigger trigger,
    TaskDefinition work,
    Instant fireTime,
    @Nullable Instant startedAt,
    Instant expiresAt,
    TreePMap<String, Execution> executions,
    RunCounts counts) {

  /** By number: a longer one is a larger one. */
  private static final Comparator<String> IN_ORDER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  /** As it is stored. */
  @JsonCreator
  static Run stored(
      @JsonProperty("id") RunId id,
      @JsonProperty("trigger") @Nullable RunTrigger trigger,
      @JsonProperty("work") TaskDefinition work,
      @JsonProperty("fireTime") Instant fireTime,
      @JsonProperty("startedAt") @Nullable Instant startedAt,
      @JsonProperty("expiresAt") Instant expiresAt,
      @JsonProperty("executions") Map<String, Execution> executions,
      @JsonProperty("counts") RunCounts counts) {
    return new Run(
        id,
        trigger,
        work,
        fireTime,
        startedAt,
        expiresAt,
        TreePMap.from(IN_ORDER, executions),
        counts);
  }

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
        TreePMap.from(IN_ORDER, executions),
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
    return having(executions.plus(changed.id().value(), changed), newCounts);
  }

  Run without(ExecutionId ended, RunCounts newCounts) {
    return having(executions.minus(ended.value()), newCounts);
  }

  private Run having(TreePMap<String, Execution> newExecutions, RunCounts newCounts) {
    return new Run(id, trigger, work, fireTime, startedAt, expiresAt, newExecutions, newCounts);
  }

  /** Where an execution of this run may run. */
  Placement placement(Execution execution) {
    return execution.client() == null
        ? new Placement.Anywhere(work.labels())
        : new Placement.On(execution.client());
  }
}

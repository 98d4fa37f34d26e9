package io.octopus.coordinator.task;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a live task's row says of it, as a snapshot of its state knows it. */
public record TaskStanding(
    TaskDefinition definition,
    int version,
    TaskStatus status,
    @Nullable Instant nextRunAt,
    @Nullable Instant wakeAt,
    boolean paused) {

  /** Of a task that is there. */
  public static Optional<TaskStanding> of(TaskState state) {
    return state instanceof TaskState.Live live
        ? Optional.of(
            new TaskStanding(
                live.definition(),
                live.version(),
                live.status(),
                live.shown().nextRunAt(),
                live.shown().wakeAt(),
                live.timetable().paused()))
        : Optional.empty();
  }
}

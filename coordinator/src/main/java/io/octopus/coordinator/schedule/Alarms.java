package io.octopus.coordinator.schedule;

import io.octopus.protocol.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Which tasks have something to do, by their rows. */
public interface Alarms {

  /** Tasks that are to be woken at this time or before, earliest first. */
  CompletionStage<List<Alarm>> dueBefore(Instant time, int limit);

  /** Tasks with a run that is not final. */
  CompletionStage<List<TaskId>> tasksWithUnfinishedRuns();

  /** A task and the time it has something to do at. */
  record Alarm(TaskId task, Instant at) {}
}

package io.octopus.coordinator;

import io.octopus.coordinator.schedule.Alarms;
import io.octopus.coordinator.store.AlarmRows;
import io.octopus.coordinator.store.AlarmRows.Due;
import io.octopus.coordinator.store.UnfinishedWork;
import io.octopus.protocol.TaskId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** When tasks have something to do, as the rows say. */
record StoredAlarms(AlarmRows rows, UnfinishedWork unfinished) implements Alarms {

  @Override
  public CompletionStage<List<Alarm>> behind(Place place, Instant until, int limit) {
    return rows.behind(place.at(), place.task(), until, limit).thenApply(StoredAlarms::alarms);
  }

  @Override
  public CompletionStage<List<Alarm>> of(Collection<TaskId> tasks, Instant until) {
    return rows.of(tasks, until).thenApply(StoredAlarms::alarms);
  }

  @Override
  public CompletionStage<List<TaskId>> unfinishedBehind(Optional<TaskId> last, int limit) {
    return unfinished.tasksWithUnfinishedRuns(last.map(TaskId::value).orElse(""), limit);
  }

  private static List<Alarm> alarms(List<Due> due) {
    return due.stream().map(one -> new Alarm(one.at(), one.task())).toList();
  }
}

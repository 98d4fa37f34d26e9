package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.EXPIRES;
import static io.octopus.coordinator.store.Events.T0;
import static io.octopus.coordinator.store.Events.at;
import static io.octopus.coordinator.store.Events.counts;
import static io.octopus.coordinator.store.Events.created;
import static io.octopus.coordinator.store.Events.definition;
import static io.octopus.coordinator.store.Events.granted;
import static io.octopus.coordinator.store.Events.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.task.ExecutionStatus;
import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.RunStatus;
import io.octopus.coordinator.task.RunTrigger;
import io.octopus.coordinator.task.TaskEvent;
import io.octopus.coordinator.task.TaskEvent.AttemptEnded;
import io.octopus.coordinator.task.TaskEvent.AttemptGranted;
import io.octopus.coordinator.task.TaskEvent.OutlookChanged;
import io.octopus.coordinator.task.TaskEvent.RunEnded;
import io.octopus.coordinator.task.TaskEvent.RunsSkipped;
import io.octopus.coordinator.task.TaskEvent.TaskCancelled;
import io.octopus.coordinator.task.TaskEvent.TaskDeleted;
import io.octopus.coordinator.task.TaskEvent.TaskEdited;
import io.octopus.coordinator.task.TaskEvent.TaskPaused;
import io.octopus.coordinator.task.TaskEvent.TaskResumed;
import io.octopus.coordinator.task.TaskStatus;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.work.AttemptOutcome;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryLinesTest {

  private static final ExecutionId EXECUTION = new ExecutionId("t1-1-1");
  private static final AttemptGranted GRANTED =
      granted(EXECUTION, 1, "pc-1", List.of(), EXPIRES, counts(0, 1, 0, 0), at(1));

  private static final List<TaskEvent> ONE_OF_EACH =
      List.of(
          created("x", new Owner.All()),
          new TaskEdited(definition("y", new Owner.All(), null), 2, 2, "bob", at(1)),
          new TaskPaused("bob", at(1)),
          new TaskResumed("bob", at(1)),
          new TaskCancelled("bob", at(1)),
          new TaskDeleted("bob", at(1)),
          new OutlookChanged(TaskStatus.Active, at(2), at(2), at(1)),
          started("t1", 1, T0, "pc-1"),
          new RunsSkipped(
              new RunId("t1-2"), RunTrigger.INTERVAL, "misfire", T0, at(9), 10, T0, at(9)),
          GRANTED,
          ended(new AttemptOutcome.Lost("gone"), ExecutionStatus.Lost, "worker_lost"),
          Events.expired(EXECUTION, counts(0, 0, 0, 0), at(60)),
          new RunEnded(
              new RunId("t1-1"),
              RunStatus.Failed,
              "expired",
              counts(0, 0, 0, 0),
              TaskStatus.Failed,
              at(60)));

  @Test
  void everyEventHasItsLine() {
    assertThat(ONE_OF_EACH)
        .extracting(Object::getClass)
        .containsExactlyInAnyOrder(TaskEvent.class.getPermittedSubclasses());
    for (TaskEvent event : ONE_OF_EACH) {
      HistoryLine line = HistoryLines.of(event);
      assertThat(line.event()).isEqualTo(inWords(event.getClass().getSimpleName()));
      assertThat(line.at()).isEqualTo(event.at());
      assertThat(line.json(1).path("detail").isObject()).isTrue();
    }
  }

  @Test
  void whatSomebodyWantedIsAChange() {
    assertThat(ONE_OF_EACH)
        .filteredOn(event -> HistoryLines.of(event).isChange())
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "TaskCreated",
            "TaskEdited",
            "TaskPaused",
            "TaskResumed",
            "TaskCancelled",
            "TaskDeleted");
    assertThat(HistoryLines.of(started("t1", 2, T0, "pc-1")).isChange()).isTrue();
  }

  @Test
  void cancellingIsAChangeUnlessANewerFiringDidIt() {
    var cancelled = new AttemptOutcome.Cancelled("bob");
    HistoryLine byUser = HistoryLines.of(ended(cancelled, ExecutionStatus.Cancelled, null));
    HistoryLine byFiring =
        HistoryLines.of(ended(cancelled, ExecutionStatus.Cancelled, "superseded"));

    assertThat(byUser.by()).isEqualTo("bob");
    assertThat(byUser.isChange()).isTrue();
    assertThat(byFiring.isChange()).isFalse();
  }

  private static AttemptEnded ended(
      AttemptOutcome outcome, ExecutionStatus status, @Nullable String reason) {
    return Events.ended(GRANTED, outcome, status, reason, null, counts(0, 0, 0, 0), at(2));
  }

  private static String inWords(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}

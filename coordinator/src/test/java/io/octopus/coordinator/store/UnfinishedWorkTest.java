package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.EXPIRES;
import static io.octopus.coordinator.store.Events.T0;
import static io.octopus.coordinator.store.Events.at;
import static io.octopus.coordinator.store.Events.completed;
import static io.octopus.coordinator.store.Events.counts;
import static io.octopus.coordinator.store.Events.created;
import static io.octopus.coordinator.store.Events.granted;
import static io.octopus.coordinator.store.Events.started;
import static io.octopus.coordinator.store.JournalKit.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.store.UnfinishedWork.Undone;
import io.octopus.coordinator.store.UnfinishedWork.UndoneExecution;
import io.octopus.coordinator.task.Owner;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedWorkTest {

  @TempDir private Path folder;
  private RowsKit kit;
  private UnfinishedWork work;

  @BeforeEach
  void openTheDatabase() {
    kit = RowsKit.open(folder);
    work = kit.store.unfinishedWork();
  }

  @AfterEach
  void closeTheDatabase() {
    kit.close();
  }

  @Test
  void tellsWhatRunsWhere() {
    kit.write("done", completed("done", T0, "pc-1", "1"));
    kit.write("t1", created("x", new Owner.All()), started("t1", 1, T0, "pc-1", "pc-2"));
    kit.write(
        "t1",
        granted(
            new ExecutionId("t1-1-1"), 1, "PC-1", List.of(), EXPIRES, counts(1, 1, 0, 0), at(1)));

    assertThat(await(work.tasksRunningOn(new WorkerName("pc-1"))))
        .containsExactly(new TaskId("t1"));
    assertThat(await(work.tasksRunningOn(new WorkerName("pc-2")))).isEmpty();
    assertThat(await(work.clientsWithRunningWork())).containsExactly(new WorkerName("pc-1"));
    assertThat(await(work.tasksWithUnfinishedRuns("", 10))).containsExactly(new TaskId("t1"));
  }

  @Test
  void unfinishedTasksAreReadPageByPage() {
    for (String task : List.of("t1", "t2", "t3")) {
      kit.write(task, created("x", new Owner.All()), started(task, 1, T0, "pc-1"));
      kit.write(task, started(task, 2, T0, "pc-1"));
    }

    assertThat(await(work.tasksWithUnfinishedRuns("", 2)))
        .containsExactly(new TaskId("t1"), new TaskId("t2"));
    assertThat(await(work.tasksWithUnfinishedRuns("t2", 2))).containsExactly(new TaskId("t3"));
  }

  @Test
  void aRunKnowsWhatItLeftUndone() {
    kit.write("t1", completed("t1", T0, "pc-1", "1"));
    kit.write("t2", created("x", new Owner.All()), started("t2", 1, T0, "pc-1", "Anyone"));
    kit.write("t2", Events.expired(new ExecutionId("t2-1-1"), counts(1, 0, 0, 0), at(5)));

    assertThat(await(work.undoneOf(new RunId("t1-1"))))
        .contains(new Undone(new RunId("t1-1"), true, null, null, List.of()));
    assertThat(await(work.undoneOf(new RunId("t2-1"))))
        .contains(
            new Undone(
                new RunId("t2-1"),
                false,
                null,
                null,
                List.of(
                    new UndoneExecution(new ExecutionId("t2-1-1"), new WorkerName("pc-1")),
                    new UndoneExecution(new ExecutionId("t2-1-2"), null))));
    assertThat(await(work.undoneOf(new RunId("none-1")))).isEmpty();
  }
}

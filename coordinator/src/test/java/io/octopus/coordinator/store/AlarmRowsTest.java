package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.EXPIRES;
import static io.octopus.coordinator.store.Events.T0;
import static io.octopus.coordinator.store.Events.at;
import static io.octopus.coordinator.store.Events.completed;
import static io.octopus.coordinator.store.Events.created;
import static io.octopus.coordinator.store.Events.definition;
import static io.octopus.coordinator.store.Events.started;
import static io.octopus.coordinator.store.JournalKit.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.store.AlarmRows.Due;
import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.TaskEvent.TaskCreated;
import io.octopus.coordinator.task.TaskEvent.TaskDeleted;
import io.octopus.protocol.TaskId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmRowsTest {

  @TempDir private Path folder;
  private RowsKit kit;
  private AlarmRows rows;

  @BeforeEach
  void openTheDatabase() {
    kit = RowsKit.open(folder);
    rows = kit.store.alarms();
  }

  @AfterEach
  void closeTheDatabase() {
    kit.close();
  }

  @Test
  void tasksAreDueByThemselvesAndByTheirExecutions() {
    kit.write("once", scheduled(at(50)));
    kit.write("waits", created("x", new Owner.All()), started("waits", 1, T0, "pc-1", "pc-2"));
    kit.write("gone", scheduled(at(50)), new TaskDeleted("bob", at(1)));
    kit.write("done", completed("done", T0, "pc-1", "1"));

    assertThat(all(at(49))).isEmpty();
    assertThat(all(at(50))).containsExactly(due("once", at(50)));
    assertThat(all(EXPIRES)).containsExactly(due("once", at(50)), due("waits", EXPIRES));
  }

  @Test
  void aPageBeginsBehindATimeAndATask() {
    for (String task : List.of("a", "b", "c", "d")) {
      kit.write(task, scheduled(at(50)));
    }
    kit.write("e", scheduled(at(51)));
    kit.write("earlier", scheduled(at(49)));

    assertThat(await(rows.behind(at(50), "b", at(60), 2)))
        .containsExactly(due("c", at(50)), due("d", at(50)));
    assertThat(await(rows.behind(at(50), "d", at(60), 2))).containsExactly(due("e", at(51)));
  }

  @Test
  void onlyTheTasksAskedForAreAnswered() {
    kit.write("a", scheduled(at(50)));
    kit.write("b", scheduled(at(50)));
    kit.write("c", scheduled(at(61)));
    kit.write("w", created("x", new Owner.All()), started("w", 1, T0, "pc-1"));

    assertThat(await(rows.of(List.of(new TaskId("a"), new TaskId("c")), at(60))))
        .containsExactly(due("a", at(50)));
    assertThat(await(rows.of(List.of(new TaskId("w")), EXPIRES)))
        .containsExactly(due("w", EXPIRES));
  }

  @Test
  void alarmsAreReadFromTheIndexesAlone() {
    assertThat(plan(AlarmRows.BEHIND))
        .contains("COVERING INDEX tasks_to_wake ((wake_at,id)>(?,?) AND wake_at<?)")
        .contains("COVERING INDEX executions_to_wake ((wake_at,task_id)>(?,?) AND wake_at<?)")
        .doesNotContain("SCAN tasks", "SCAN executions");
    assertThat(plan(AlarmRows.OF.formatted("?, ?")))
        .contains("executions_wakes_of_task (task_id=? AND wake_at<?)")
        .doesNotContain("SCAN tasks", "SCAN executions");
  }

  private String plan(String sql) {
    return String.join("; ", kit.query("EXPLAIN QUERY PLAN " + sql));
  }

  private List<Due> all(Instant until) {
    return await(rows.behind(Instant.EPOCH, "", until, 10));
  }

  private static TaskCreated scheduled(Instant at) {
    return new TaskCreated(definition("x", new Owner.All(), at), "h", "ann", T0);
  }

  private static Due due(String task, Instant at) {
    return new Due(new TaskId(task), at);
  }
}

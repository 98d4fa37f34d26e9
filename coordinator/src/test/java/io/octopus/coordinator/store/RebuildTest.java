package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.EXPIRES;
import static io.octopus.coordinator.store.Events.T0;
import static io.octopus.coordinator.store.Events.at;
import static io.octopus.coordinator.store.Events.completed;
import static io.octopus.coordinator.store.Events.counts;
import static io.octopus.coordinator.store.Events.created;
import static io.octopus.coordinator.store.Events.definition;
import static io.octopus.coordinator.store.Events.ended;
import static io.octopus.coordinator.store.Events.failure;
import static io.octopus.coordinator.store.Events.granted;
import static io.octopus.coordinator.store.Events.started;
import static io.octopus.coordinator.store.JournalKit.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octopus.config.CoordinatorSettings;
import io.octopus.coordinator.task.ExecutionStatus;
import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.RunStatus;
import io.octopus.coordinator.task.TaskEvent;
import io.octopus.coordinator.task.TaskEvent.AttemptEnded;
import io.octopus.coordinator.task.TaskEvent.AttemptGranted;
import io.octopus.coordinator.task.TaskEvent.RunEnded;
import io.octopus.coordinator.task.TaskEvent.TaskDeleted;
import io.octopus.coordinator.task.TaskEvent.TaskEdited;
import io.octopus.coordinator.task.TaskStatus;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.work.AttemptOutcome.Completed;
import io.octopus.protocol.work.StoredResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuildTest {

  @TempDir private Path folder;

  @Test
  void theJournalMakesTheSameRowsAgain() {
    CoordinatorSettings settings;
    List<List<String>> before;
    DataFolder data;
    try (JournalKit kit = JournalKit.open(folder)) {
      settings = kit.settings;
      data = kit.data;
      kit.persist("done", completed("done", T0, "pc-1", "{}").toArray(TaskEvent[]::new));
      kit.persist(
          "large",
          completed(
                  "large", T0, "pc-1", new Completed("null", null, new StoredResult("ab", 99_000)))
              .toArray(TaskEvent[]::new));
      kit.persist(
          "edited",
          created("x", new Owner.All()),
          new TaskEdited(definition("y", new Owner.Anyone(), at(900)), 2, 2, "bob", at(3)));
      kit.persist("gone", created("x", new Owner.All()), new TaskDeleted("bob", at(4)));
      kit.persist("retried", retried("retried"));
      kit.persist("expired", expired("expired"));
      await(kit.persisting("Other|x", created("x", new Owner.All())));
      before = rows(data);
    }
    DatabaseFile.execute(data.database(), "DELETE FROM tasks WHERE id = 'done'");
    DatabaseFile.execute(data.database(), "UPDATE executions SET status = 'Lost', wake_at = 'x'");
    DatabaseFile.execute(
        data.database(),
        "INSERT INTO runs SELECT 'stray-1', task_id, fire_time, trigger, targets, skipped, status,"
            + " reason, fire_time_until, skipped_count, counts, created_at, started_at,"
            + " finished_at, created_by, args, kwargs, expires_at FROM runs LIMIT 1");

    Rebuild.run(settings);

    assertThat(rows(data)).isEqualTo(before);
  }

  @Test
  void nothingIsRebuiltBesideARunningCoordinator() {
    try (JournalKit kit = JournalKit.open(folder);
        CoordinatorLock lock = CoordinatorLock.take(kit.data)) {
      assertThat(lock.folder()).isEqualTo(kit.data);
      assertThatThrownBy(() -> Rebuild.run(kit.settings))
          .isInstanceOf(DataFolderInUse.class)
          .hasMessageContaining("another coordinator is running");
    }
  }

  @Test
  void aJournalThatCannotBeReadLeavesTheRowsAsTheyWere() {
    CoordinatorSettings settings;
    List<List<String>> before;
    DataFolder data;
    try (JournalKit kit = JournalKit.open(folder)) {
      settings = kit.settings;
      data = kit.data;
      kit.persist("t1", created("x", new Owner.All()));
      kit.persist("t2", created("x", new Owner.All()));
      before = rows(data);
    }
    DatabaseFile.execute(
        data.database(),
        "UPDATE event_journal SET event_payload = X'00' WHERE persistence_id = 'Task|t2'");

    assertThatThrownBy(() -> Rebuild.run(settings)).isNotInstanceOf(AssertionError.class);

    assertThat(rows(data)).isEqualTo(before);
  }

  private static TaskEvent[] retried(String task) {
    ExecutionId execution = new ExecutionId(task + "-1-1");
    AttemptGranted first =
        granted(execution, 1, "pc-1", List.of(), EXPIRES, counts(1, 1, 0, 0), at(1));
    AttemptEnded failed =
        ended(
            first,
            failure(),
            ExecutionStatus.Pending,
            "retry_at",
            at(9),
            counts(2, 0, 0, 0),
            at(2));
    return new TaskEvent[] {
      created("x", new Owner.All()),
      started(task, 1, T0, "pc-1", "pc-2"),
      first,
      failed,
      granted(execution, 2, "pc-1", failed.attempts(), EXPIRES, counts(1, 1, 0, 0), at(9))
    };
  }

  private static TaskEvent[] expired(String task) {
    return new TaskEvent[] {
      created("x", new Owner.All()),
      started(task, 1, T0, "pc-1"),
      Events.expired(new ExecutionId(task + "-1-1"), counts(0, 0, 0, 0), at(60)),
      new RunEnded(
          new RunId(task + "-1"),
          RunStatus.Failed,
          "expired",
          counts(0, 0, 0, 0),
          TaskStatus.Failed,
          at(60))
    };
  }

  private static List<List<String>> rows(DataFolder data) {
    return List.of(
        DatabaseFile.query(data.database(), "SELECT * FROM tasks ORDER BY id"),
        DatabaseFile.query(data.database(), "SELECT * FROM runs ORDER BY id"),
        DatabaseFile.query(data.database(), "SELECT * FROM executions ORDER BY id"));
  }
}

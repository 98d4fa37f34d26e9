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
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.task.ExecutionStatus;
import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.RunStatus;
import io.octopus.coordinator.task.TaskEvent.AttemptEnded;
import io.octopus.coordinator.task.TaskEvent.AttemptGranted;
import io.octopus.coordinator.task.TaskEvent.RunEnded;
import io.octopus.coordinator.task.TaskEvent.TaskCreated;
import io.octopus.coordinator.task.TaskEvent.TaskDeleted;
import io.octopus.coordinator.task.TaskEvent.TaskEdited;
import io.octopus.coordinator.task.TaskStatus;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptOutcome.Cancelled;
import io.octopus.protocol.work.AttemptOutcome.Completed;
import io.octopus.protocol.work.AttemptOutcome.Lost;
import io.octopus.protocol.work.AttemptOutcome.TimedOut;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewsTest {

  private static final ExecutionId EXECUTION = new TaskId("t1").run(1).execution(1);

  @TempDir private Path folder;
  private RowsKit kit;

  @BeforeEach
  void openTheDatabase() {
    kit = RowsKit.open(folder);
  }

  @AfterEach
  void closeTheDatabase() {
    kit.close();
  }

  @Test
  void aCreatedTaskHasTheWholeDefinition() {
    kit.write("t1", created("greet", new Owner.All()));

    assertThat(
            kit.query(
                """
                SELECT id, name, description, owner, plugin, action, args, kwargs, type, timeout,
                  expires_after, labels, status, paused, version, created_by
                FROM tasks
                """))
        .containsExactly(
            "t1|greet|says hello|ALL|hello|main|[1,\"two\"]|{\"a\":1.50}|Adhoc|3600|604800"
                + "|{\"os\":\"linux\"}|Created|0|1|ann");
    assertThat(kit.query("SELECT retry FROM tasks"))
        .containsExactly(
            "{\"max_attempts\":3,\"delay\":5,\"multiplier\":2.0,\"max_delay\":90.5,"
                + "\"jitter\":0.5,\"on_lost\":true}");
    assertThat(kit.query("SELECT created_at, updated_at, next_run_at, wake_at FROM tasks"))
        .containsExactly(
            "2026-11-23T10:00:00.000Z|2026-11-23T10:00:00.000Z|2026-11-23T10:00:00.000Z"
                + "|2026-11-23T10:00:00.000Z");
  }

  @Test
  void aTaskWithAStartTimeIsWokenThen() {
    Instant later = at(3600);
    kit.write("t1", new TaskCreated(definition("x", new Owner.All(), later), "h", "ann", T0));

    assertThat(kit.query("SELECT execution_start_time, next_run_at, wake_at FROM tasks"))
        .containsExactly(
            "2026-11-23T11:00:00.000Z|2026-11-23T11:00:00.000Z|2026-11-23T11:00:00.000Z");
  }

  @Test
  void anEditBeforeTheFiringMovesItAndOneAfterDoesNot() {
    TaskEdited edited =
        new TaskEdited(definition("new", new Owner.Anyone(), at(7200)), 2, 2, "bob", at(5));
    kit.write("t1", created("old", new Owner.All()), edited);
    kit.write("t2", created("old", new Owner.All()), started("t2", 1, T0, "pc-1"), edited);

    assertThat(kit.query("SELECT id, name, owner, version, updated_at, wake_at FROM tasks"))
        .containsExactlyInAnyOrder(
            "t1|new|Anyone|2|2026-11-23T10:00:05.000Z|2026-11-23T12:00:00.000Z",
            "t2|new|Anyone|2|2026-11-23T10:00:05.000Z|");
  }

  @Test
  void aStartedRunPlansItsExecutions() {
    kit.write("t1", created("x", new Owner.All()), started("t1", 1, T0, "pc-1", "pc-2"));

    assertThat(kit.query("SELECT status, last_run_id, next_run_at, wake_at FROM tasks"))
        .containsExactly("Active|t1-1||");
    assertThat(kit.query("SELECT last_run FROM tasks"))
        .containsExactly(
            "{\"id\":\"t1-1\",\"status\":\"Pending\",\"finished_at\":null,\"counts\":"
                + "{\"pending\":2,\"running\":0,\"completed\":0,\"failed\":0,\"timed_out\":0,"
                + "\"cancelled\":0,\"lost\":0,\"skipped\":0}}");
    assertThat(
            kit.query(
                """
                SELECT id, task_id, fire_time, trigger, targets, skipped, status, skipped_count
                FROM runs
                """))
        .containsExactly(
            "t1-1|t1|2026-11-23T10:00:00.000Z|adhoc|[\"pc-1\",\"pc-2\"]"
                + "|[{\"client\":\"old\",\"reason\":\"draining\"}]|Pending|0");
    assertThat(
            kit.query(
                """
                SELECT id, task_id, run_id, plugin, client, status, attempt, attempts, waits_for,
                  wake_at
                FROM executions ORDER BY id
                """))
        .containsExactly(
            "t1-1-1|t1|t1-1|{\"name\":\"hello\",\"version\":null,\"sha256\":null}|pc-1|Pending|0"
                + "|[]|pc-1|2026-11-30T10:00:00.000Z",
            "t1-1-2|t1|t1-1|{\"name\":\"hello\",\"version\":null,\"sha256\":null}|pc-2|Pending|0"
                + "|[]|pc-2|2026-11-30T10:00:00.000Z");
  }

  @Test
  void aManualRunBeforeTheStartTimeLeavesTheFiringToCome() {
    kit.write(
        "t1",
        new TaskCreated(definition("x", new Owner.Anyone(), at(3600)), "h", "ann", T0),
        started("t1", 2, T0, "Anyone"));

    assertThat(kit.query("SELECT status, wake_at FROM tasks"))
        .containsExactly("Active|2026-11-23T11:00:00.000Z");
  }

  @Test
  void aGrantedAttemptRuns() {
    kit.write("t1", created("x", new Owner.Anyone()), started("t1", 1, T0, "Anyone"));
    assertThat(kit.query("SELECT client FROM executions")).containsExactly("");

    kit.write(
        "t1",
        granted(EXECUTION, 1, "pc-1", List.of(), null, counts(0, 1, 0, 0), T0.plusMillis(250)));

    assertThat(
            kit.query(
                """
                SELECT client, status, attempt, attempts, plugin, started_at, wait_ms, reason,
                  wake_at, waits_for
                FROM executions
                """))
        .containsExactly(
            "pc-1|Running|1|[{\"number\":1,\"client\":\"pc-1\","
                + "\"started_at\":\"2026-11-23T10:00:00.250Z\",\"finished_at\":null,"
                + "\"outcome\":null,\"reason\":null}]"
                + "|{\"name\":\"hello\",\"version\":\"1.0\",\"sha256\":\"abc\"}"
                + "|2026-11-23T10:00:00.250Z|250|||");
    assertThat(kit.query("SELECT status, started_at, counts FROM runs"))
        .containsExactly(
            "Running|2026-11-23T10:00:00.250Z|{\"pending\":0,\"running\":1,\"completed\":0,"
                + "\"failed\":0,\"timed_out\":0,\"cancelled\":0,\"lost\":0,\"skipped\":0}");
  }

  @Test
  void aFailedAttemptWaitsForTheNextOnItsClient() {
    kit.write("t1", created("x", new Owner.All()), started("t1", 1, T0, "pc-1"));
    AttemptGranted first =
        granted(EXECUTION, 1, "PC-1", List.of(), EXPIRES, counts(0, 1, 0, 0), at(1));
    AttemptEnded failed =
        ended(
            first,
            failure(),
            ExecutionStatus.Pending,
            "retry_at",
            at(11),
            counts(1, 0, 0, 0),
            at(6));

    kit.write("t1", first, failed);

    assertThat(
            kit.query(
                """
                SELECT client, status, attempt, message, error, reason, wake_at, finished_at
                FROM executions
                """))
        .containsExactly(
            "pc-1|Pending|1|no|{\"type\":\"ValueError\",\"message\":\"no\","
                + "\"traceback\":\"Traceback…\"}|retry_at|2026-11-23T10:00:11.000Z|");

    kit.write(
        "t1",
        granted(EXECUTION, 2, "pc-1", failed.attempts(), EXPIRES, counts(0, 1, 0, 0), at(12)));

    assertThat(
            kit.query(
                """
                SELECT status, attempt, message, error, reason, started_at, wait_ms,
                  json_array_length(attempts), wake_at
                FROM executions
                """))
        .containsExactly("Running|2||||2026-11-23T10:00:01.000Z|1000|2|2026-11-30T10:00:00.000Z");
  }

  @Test
  void aCompletedExecutionHasItsResult() {
    kit.write("t1", completed("t1", T0, "pc-1", "{\"n\":1.10}"));

    assertThat(
            kit.query(
                """
                SELECT status, client, finished_at, duration_ms, wait_ms, result, message, error,
                  reason, wake_at
                FROM executions
                """))
        .containsExactly("Completed|pc-1|2026-11-23T10:00:00.540Z|500|40|{\"n\":1.10}|done|||");
    assertThat(kit.query("SELECT status, reason, finished_at FROM runs"))
        .containsExactly("Completed||2026-11-23T10:00:00.540Z");
    assertThat(kit.query("SELECT status, updated_at, last_run FROM tasks"))
        .containsExactly(
            "Completed|2026-11-23T10:00:00.540Z|{\"id\":\"t1-1\",\"status\":\"Completed\","
                + "\"finished_at\":\"2026-11-23T10:00:00.540Z\",\"counts\":{\"pending\":0,"
                + "\"running\":0,\"completed\":1,\"failed\":0,\"timed_out\":0,\"cancelled\":0,"
                + "\"lost\":0,\"skipped\":0}}");
  }

  @Test
  void everyOutcomeSaysWhatHappened() {
    assertThat(finalRow("a", failure(), ExecutionStatus.Failed, "exception"))
        .isEqualTo("Failed|null|no|exception");
    assertThat(finalRow("b", new TimedOut("1 h was over"), ExecutionStatus.TimedOut, null))
        .isEqualTo("TimedOut||1 h was over|");
    assertThat(finalRow("c", new Cancelled("bob"), ExecutionStatus.Cancelled, null))
        .isEqualTo("Cancelled||cancelled by bob|");
    assertThat(finalRow("d", new Lost("gone"), ExecutionStatus.Lost, "worker_lost"))
        .isEqualTo("Lost||gone|worker_lost");
    assertThat(finalRow("e", new Completed("null", null), ExecutionStatus.Completed, null))
        .isEqualTo("Completed|null||");
  }

  private String finalRow(
      String task, AttemptOutcome outcome, ExecutionStatus status, @Nullable String reason) {
    AttemptGranted granted =
        granted(
            new TaskId(task).run(1).execution(1),
            1,
            "pc-1",
            List.of(),
            null,
            counts(0, 1, 0, 0),
            at(1));
    kit.write(task, created("x", new Owner.Anyone()), started(task, 1, T0, "Anyone"), granted);
    kit.write(task, ended(granted, outcome, status, reason, null, counts(0, 0, 0, 1), at(2)));
    return kit.query(
            "SELECT status, result, message, reason FROM executions WHERE task_id = '" + task + "'")
        .get(0);
  }

  @Test
  void clocksThatDifferMakeNoNegativeDuration() {
    AttemptGranted granted =
        granted(EXECUTION, 1, "pc-1", List.of(), null, counts(0, 1, 0, 0), at(5));
    kit.write("t1", created("x", new Owner.Anyone()), started("t1", 1, T0, "Anyone"), granted);

    kit.write(
        "t1",
        ended(
            granted,
            new Completed("1", null),
            ExecutionStatus.Completed,
            null,
            null,
            counts(0, 0, 1, 0),
            at(3)));

    assertThat(kit.query("SELECT duration_ms FROM executions")).containsExactly("0");
  }

  @Test
  void anExecutionThatExpiresWasNeverStarted() {
    kit.write("t1", created("x", new Owner.All()), started("t1", 1, T0, "pc-1"));

    kit.write("t1", Events.expired(EXECUTION, counts(0, 0, 0, 0), at(60)));

    assertThat(
            kit.query(
                """
                SELECT status, finished_at, message, reason, wake_at, started_at, duration_ms
                FROM executions
                """))
        .containsExactly("Skipped|2026-11-23T10:01:00.000Z|waited too long|expired|||");
  }

  @Test
  void theLastRunIsTheOneThatStartedLast() {
    kit.write("t1", created("x", new Owner.All()));
    kit.write("t1", started("t1", 1, T0, "pc-1"), started("t1", 2, at(1), "pc-1"));

    kit.write(
        "t1",
        new RunEnded(
            new TaskId("t1").run(1),
            RunStatus.Failed,
            "expired",
            counts(0, 0, 0, 1),
            TaskStatus.Active,
            at(9)));

    assertThat(kit.query("SELECT status, reason FROM runs ORDER BY id"))
        .containsExactly("Failed|expired", "Pending|");
    assertThat(kit.query("SELECT status, last_run_id, json_extract(last_run, '$.id') FROM tasks"))
        .containsExactly("Active|t1-2|t1-2");
  }

  @Test
  void aDeletedTaskKeepsItsRow() {
    kit.write("t1", created("x", new Owner.All()), new TaskDeleted("bob", at(9)));
    kit.write("t2", completed("t2", T0, "pc-1", "1"));
    kit.write("t2", new TaskDeleted("bob", at(9)));

    assertThat(kit.query("SELECT id, status, deleted_at, wake_at FROM tasks ORDER BY id"))
        .containsExactly(
            "t1|Cancelled|2026-11-23T10:00:09.000Z|", "t2|Completed|2026-11-23T10:00:09.000Z|");
  }

  @Test
  void theSameEventsAgainLeaveTheSameRows() {
    kit.write("t1", completed("t1", T0, "pc-1", "{}"));
    List<String> once = everything();

    kit.write("t1", completed("t1", T0, "pc-1", "{}"));

    assertThat(everything()).isEqualTo(once);
  }

  @Test
  void clientsAreTheSameInAnyLetterCase() {
    kit.write("t1", created("x", new Owner.Named(new WorkerName("PC-1"))));
    kit.write("t1", started("t1", 1, T0, "PC-1"));

    assertThat(kit.query("SELECT id FROM executions WHERE client = 'pc-1'")).hasSize(1);
    assertThat(kit.query("SELECT id FROM tasks WHERE owner = 'pc-1'")).hasSize(1);
  }

  private List<String> everything() {
    return List.of(
        kit.query("SELECT * FROM tasks").toString(),
        kit.query("SELECT * FROM runs").toString(),
        kit.query("SELECT * FROM executions").toString());
  }
}

package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.completed;
import static io.octopus.coordinator.store.Events.created;
import static io.octopus.coordinator.store.Events.definition;
import static io.octopus.coordinator.store.Events.started;
import static io.octopus.coordinator.store.JournalKit.NOW;
import static io.octopus.coordinator.store.JournalKit.await;
import static org.assertj.core.api.Assertions.assertThat;

import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import io.octopus.coordinator.store.Retention.Limits;
import io.octopus.coordinator.store.Retention.Step;
import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.RunCounts;
import io.octopus.coordinator.task.RunStatus;
import io.octopus.coordinator.task.TaskEvent;
import io.octopus.coordinator.task.TaskEvent.RunEnded;
import io.octopus.coordinator.task.TaskEvent.TaskDeleted;
import io.octopus.coordinator.task.TaskEvent.TaskEdited;
import io.octopus.coordinator.task.TaskState;
import io.octopus.coordinator.task.TaskStatus;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.work.OutputChunk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

  private static final Duration KEEP = Duration.ofDays(90);
  private static final Limits LIMITS = new Limits(KEEP, Duration.ofDays(365), 1_000);
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(100));
  private static final Instant LATELY = NOW.minus(Duration.ofDays(10));

  @TempDir private Path folder;
  private JournalKit kit;

  @BeforeEach
  void openTheJournal() {
    kit = JournalKit.open(folder);
  }

  @AfterEach
  void closeTheJournal() {
    kit.close();
  }

  @Test
  void runsGoWhenTheyFinishedTooLongAgoButForTheOneThatIsShown() {
    kit.persist("t1", runs("t1", LONG_AGO, 3));
    kit.persist("t2", runs("t2", LATELY, 2));
    await(kit.store.output().append(attempt("t1-1-1"), List.of(output("hello"))));
    await(kit.store.output().append(attempt("t1-3-1"), List.of(output("hello"))));

    pass(LIMITS);

    assertThat(kit.query("SELECT id FROM runs ORDER BY id"))
        .containsExactly("t1-3", "t2-1", "t2-2");
    assertThat(kit.query("SELECT id FROM executions ORDER BY id"))
        .containsExactly("t1-3-1", "t2-1-1", "t2-2-1");
    assertThat(
            DatabaseFile.query(kit.data.outputDatabase(), "SELECT execution_id FROM output_chunks"))
        .containsExactly("t1-3-1");
    assertThat(
            DatabaseFile.query(
                kit.data.outputDatabase(), "SELECT execution_id FROM output_attempts"))
        .containsExactly("t1-3-1");
  }

  @Test
  void unfinishedRunsStayHoweverOldTheyAre() {
    kit.persist("t1", created("x", new Owner.All()), started("t1", 1, LONG_AGO, "pc-1"));
    kit.persist("t1", new TaskDeleted("bob", LONG_AGO));

    pass(LIMITS);

    assertThat(kit.query("SELECT id FROM runs")).containsExactly("t1-1");
    assertThat(kit.query("SELECT id FROM tasks")).containsExactly("t1");
  }

  @Test
  void ofEachTaskOnlyTheNewestRunsStay() {
    kit.persist("t1", runs("t1", LATELY, 5));
    kit.persist("t2", runs("t2", LATELY, 2));

    pass(new Limits(KEEP, KEEP, 2));

    assertThat(kit.query("SELECT id FROM runs ORDER BY id"))
        .containsExactly("t1-4", "t1-5", "t2-1", "t2-2");
  }

  @Test
  void manyRowsGoInManySmallTransactionsWithWritesBetween() {
    String[] clients = IntStream.range(0, 1_000).mapToObj(n -> "pc-" + n).toArray(String[]::new);
    kit.persist("t1", created("x", new Owner.All()), started("t1", 1, LONG_AGO, clients));
    kit.persist("t1", ended("t1", 1, LONG_AGO), new TaskDeleted("bob", LONG_AGO));
    var pass = kit.store.retention().begin(LIMITS);

    List<Integer> left = new ArrayList<>();
    for (Step step = await(pass.step()); step != Step.ALL_DONE; step = await(pass.step())) {
      if (step == Step.TOOK_AWAY) {
        kit.persist("t-" + left.size(), created("x", new Owner.All()));
        left.add(Integer.parseInt(kit.query("SELECT COUNT(*) FROM executions").get(0)));
      }
    }

    assertThat(left).startsWith(700, 400, 100, 0);
    assertThat(kit.query("SELECT id FROM tasks WHERE id = 't1'")).isEmpty();
    assertThat(kit.query("SELECT COUNT(*) FROM tasks"))
        .containsExactly(Integer.toString(left.size()));
  }

  @Test
  void aDeletedTaskLeavesNothingButThatItsIdIsTaken() {
    List<TaskEvent> events = new ArrayList<>(List.of(runs("t1", LONG_AGO, 2)));
    events.add(new TaskDeleted("bob", LONG_AGO));
    kit.persist("t1", events.toArray(TaskEvent[]::new));
    kit.persist("t2", created("x", new Owner.All()), new TaskDeleted("bob", LATELY));

    pass(LIMITS);

    assertThat(kit.query("SELECT id FROM tasks")).containsExactly("t2");
    assertThat(kit.query("SELECT id FROM runs")).isEmpty();
    assertThat(
            kit.query("SELECT sequence_number FROM event_journal WHERE persistence_id = 'Task|t1'"))
        .containsExactly("1", Integer.toString(events.size()));
    assertThat(historyOf("t1")).containsExactly("task_deleted", "run_started", "task_created");
  }

  @Test
  void eventsGoThatASnapshotCoversAndNoKeptRunNeeds() {
    List<TaskEvent> events = lifeOf("t1");
    kit.persist("t1", events.toArray(TaskEvent[]::new));
    snapshot("t1", events, 11);
    makeOld("sequence_number <= 8");

    pass(LIMITS);

    assertThat(kit.query("SELECT sequence_number FROM event_journal ORDER BY sequence_number"))
        .containsExactly("1", "9", "10", "11", "12", "13", "14");
    assertThat(historyOf("t1")).hasSize(9).contains("task_edited", "task_created");
  }

  @Test
  void withoutASnapshotEveryEventStays() {
    List<TaskEvent> events = lifeOf("t1");
    kit.persist("t1", events.toArray(TaskEvent[]::new));
    makeOld("sequence_number > 0");

    pass(LIMITS);

    assertThat(kit.query("SELECT COUNT(*) FROM event_journal"))
        .containsExactly(Integer.toString(events.size()));
  }

  @Test
  void theRowsCanBeMadeAgainFromWhatIsLeft() {
    List<TaskEvent> events = lifeOf("t1");
    kit.persist("t1", events.toArray(TaskEvent[]::new));
    snapshot("t1", events, 11);
    makeOld("sequence_number <= 8");
    kit.persist("t2", completed("t2", LATELY, "pc-1", "{}").toArray(TaskEvent[]::new));
    pass(LIMITS);
    List<List<String>> before = rows();
    kit.execute("UPDATE tasks SET status = 'Failed', name = 'wrong'");
    kit.execute("DELETE FROM runs");

    Rebuild.replay(kit.data, SerializationExtension.get(kit.actors.system()));

    assertThat(rows()).isEqualTo(before);
    assertThat(kit.query("SELECT name, version FROM tasks WHERE id = 't1'"))
        .containsExactly("after|2");
  }

  @Test
  void theAuditTrailHasATimeOfItsOwn() {
    kit.persist("old", createdAtTime(NOW.minus(Duration.ofDays(400))));
    kit.persist("young", createdAtTime(NOW.minus(Duration.ofDays(300))));

    pass(LIMITS);

    assertThat(kit.query("SELECT task_id FROM audit")).containsExactly("young");
    assertThat(kit.query("SELECT * FROM audit_retention")).isEmpty();
  }

  /** Created, run twice and edited long ago, and run twice lately: 14 events. */
  private static List<TaskEvent> lifeOf(String task) {
    List<TaskEvent> events = new ArrayList<>(List.of(runs(task, LONG_AGO, 2)));
    events.add(
        new TaskEdited(
            definition("after", new Owner.Anyone(), null),
            2,
            null,
            "bob",
            LONG_AGO.plusSeconds(60)));
    events.addAll(run(task, 3, LATELY));
    events.addAll(run(task, 4, LATELY.plusSeconds(60)));
    return events;
  }

  private static TaskEvent[] runs(String task, Instant at, int count) {
    List<TaskEvent> events = new ArrayList<>();
    events.add(createdAtTime(at));
    for (int number = 1; number <= count; number++) {
      events.addAll(run(task, number, at.plusSeconds(number)));
    }
    return events.toArray(TaskEvent[]::new);
  }

  private static TaskEvent createdAtTime(Instant at) {
    return Events.createdAt(at);
  }

  /** Started and ended; its one execution is not looked at. */
  private static List<TaskEvent> run(String task, int number, Instant at) {
    return List.of(
        started(task, number, at, "pc-1"),
        Events.expired(
            new TaskId(task).run(number).execution(1), Events.counts(0, 0, 0, 0), at.plusMillis(1)),
        ended(task, number, at.plusMillis(2)));
  }

  private static RunEnded ended(String task, int number, Instant at) {
    return new RunEnded(
        new TaskId(task).run(number),
        RunStatus.Failed,
        "expired",
        new RunCounts(0, 0, 0, 0, 0, 0, 0, 1),
        TaskStatus.Failed,
        at);
  }

  /** What the task's actor would have stored after so many events. */
  private void snapshot(String task, List<TaskEvent> events, int sequenceNr) {
    TaskState state = new TaskState.Absent();
    for (TaskEvent event : events.subList(0, sequenceNr)) {
      state = state.on(event);
    }
    var serialization = SerializationExtension.get(kit.actors.system());
    var serializer = serialization.findSerializerFor(state);
    kit.execute(
        "INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot_ser_id,"
            + " snapshot_ser_manifest, snapshot_payload) VALUES ('Task|%s', %d, %d, %d, '%s', X'%s')"
                .formatted(
                    task,
                    sequenceNr,
                    events.get(sequenceNr - 1).at().toEpochMilli(),
                    serializer.identifier(),
                    Serializers.manifestFor(serializer, state),
                    HexFormat.of().formatHex(serializer.toBinary(state))));
  }

  /** The journal wrote these when they happened, and the others lately. */
  private void makeOld(String events) {
    kit.execute(
        "UPDATE event_journal SET write_timestamp = CASE WHEN %s THEN %d ELSE %d END"
            .formatted(events, LONG_AGO.toEpochMilli(), LATELY.plusSeconds(3600).toEpochMilli()));
  }

  private void pass(Limits limits) {
    var pass = kit.store.retention().begin(limits);
    Step step = await(pass.step());
    while (step != Step.ALL_DONE) {
      step = await(pass.step());
    }
  }

  private List<String> historyOf(String task) {
    var history = kit.store.history(SerializationExtension.get(kit.actors.system()));
    return await(history.page(new TaskId(task), PageRequest.first())).items().stream()
        .map(line -> line.path("event").asText())
        .toList();
  }

  private List<List<String>> rows() {
    return List.of(
        kit.query("SELECT * FROM tasks ORDER BY id"),
        kit.query("SELECT * FROM runs ORDER BY id"),
        kit.query("SELECT * FROM executions ORDER BY id"));
  }

  private static OutputChunk output(String text) {
    return new OutputChunk(0, "stdout", null, LATELY, text);
  }

  private static AttemptId attempt(String execution) {
    return new AttemptId(new ExecutionId(execution), 1);
  }
}

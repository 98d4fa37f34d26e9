package io.octopus.coordinator.task;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.jackson.JacksonObjectMapperProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.AttemptError;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.StoredResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was ever written to a journal must be readable for ever: each event has a file of its own in
 * {@code journal/}, which is never changed, only added to.
 */
class TaskEventJournalTest {

  private static final ActorTestKit TEST_KIT =
      ActorTestKit.create(
          ConfigFactory.parseResources("serialization.conf").withFallback(ConfigFactory.load()));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper MAPPER =
      JacksonObjectMapperProvider.get(TEST_KIT.system())
          .getOrCreate("jackson-cbor", Optional.empty());

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final RunId RUN = new TaskId("t1").run(1);
  private static final ExecutionId EXECUTION = RUN.execution(1);
  private static final AttemptId ATTEMPT = new AttemptId(EXECUTION, 2);
  private static final WorkerName DESK = new WorkerName("desk");
  private static final RunCounts COUNTS = new RunCounts(1, 2, 3, 4, 5, 6, 7, 8);
  private static final AttemptRecord EARLIER =
      new AttemptRecord(1, DESK, AT, AT.plusSeconds(1), "Lost", "worker_lost");
  private static final TaskDefinition DEFINITION =
      new TaskDefinition(
          "name",
          "description",
          new Owner.Named(DESK),
          "hello",
          "main",
          "[1]",
          "{\"a\":2}",
          Schedule.once(AT),
          Duration.ofMinutes(1),
          new RetryPolicy(3, Duration.ofSeconds(2), 2.0, Duration.ofMinutes(5), 0.2, true),
          Duration.ofDays(7),
          Map.of("os", "linux"));

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  static List<TaskEvent> events() {
    return List.of(
        new TaskEvent.TaskCreated(DEFINITION, "hash", "me", AT),
        new TaskEvent.TaskEdited(DEFINITION, 2, 3, "me", AT),
        new TaskEvent.TaskPaused("me", AT),
        new TaskEvent.TaskResumed("me", AT),
        new TaskEvent.RunsSkipped(
            RUN, RunTrigger.INTERVAL, "misfire", AT, AT.plusSeconds(9), 10, AT, AT.plusSeconds(9)),
        new TaskEvent.OutlookChanged(TaskStatus.Active, AT, AT, AT),
        new TaskEvent.TaskDeleted("me", AT),
        new TaskEvent.TaskCancelled("me", AT),
        new TaskEvent.RunStarted(
            RUN,
            RunTrigger.ADHOC,
            AT,
            "hello",
            "main",
            "[2]",
            "{}",
            List.of(new PlannedExecution(EXECUTION, DESK, "overlap")),
            List.of(new SkippedClient(new WorkerName("laptop"), "client_offline")),
            AT.plusSeconds(60),
            "me",
            AT),
        new TaskEvent.AttemptGranted(
            ATTEMPT,
            DESK,
            new Incarnation("life"),
            new PluginRef("hello", "hello.py", "1.0", "abc"),
            List.of(EARLIER),
            AT.plusSeconds(60),
            COUNTS,
            AT),
        new TaskEvent.AttemptEnded(
            ATTEMPT,
            new AttemptOutcome.Failed(
                "exception", new AttemptError("ValueError", "bad", "Traceback"), "null"),
            List.of(EARLIER),
            ExecutionStatus.Pending,
            "retry_at",
            AT.plusSeconds(2),
            AT.plusSeconds(2),
            AT.plusSeconds(62),
            COUNTS,
            AT),
        new TaskEvent.ExecutionEnded(
            EXECUTION, ExecutionStatus.Skipped, "expired", "waited too long", COUNTS, AT),
        new TaskEvent.RunEnded(RUN, RunStatus.Failed, "expired", COUNTS, TaskStatus.Failed, AT));
  }

  @ParameterizedTest
  @MethodSource("events")
  void whatWasWrittenIsReadAsItWas(TaskEvent event) throws IOException {
    assertThat(MAPPER.treeToValue(golden(event), event.getClass())).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("events")
  void whatIsWrittenHasTheFieldsItEverHad(TaskEvent event) throws IOException {
    assertThat(JSON.readTree(written(event))).isEqualTo(golden(event));
  }

  @Test
  void aLargeResultIsOnlyReferredTo() throws IOException {
    var written =
        """
        {"ended":"Completed","result":"null","message":null,
         "stored":{"sha256":"ab","size":5000000}}
        """;
    var outcome = new AttemptOutcome.Completed("null", null, new StoredResult("ab", 5_000_000));

    assertThat(MAPPER.treeToValue(JSON.readTree(written), AttemptOutcome.class)).isEqualTo(outcome);
    assertThat(JSON.readTree(MAPPER.readTree(MAPPER.writeValueAsBytes(outcome)).toString()))
        .isEqualTo(JSON.readTree(written));
  }

  private static String written(TaskEvent event) throws IOException {
    return MAPPER.readTree(MAPPER.writeValueAsBytes(event)).toPrettyString();
  }

  private static JsonNode golden(TaskEvent event) throws IOException {
    return file(event.getClass().getSimpleName() + ".json", written(event));
  }

  private static JsonNode file(String name, String today) throws IOException {
    try (var file = TaskEventJournalTest.class.getResourceAsStream("/journal/" + name)) {
      assertThat(file).as("%s, today: %s", name, today).isNotNull();
      return JSON.readTree(file);
    }
  }

  /** Definitions had a start and nothing else, and edits went on with the one schedule. */
  @Test
  void whatWasWrittenBeforeThereWereSchedulesIsRead() throws IOException {
    assertThat(earlier("TaskCreated", TaskEvent.TaskCreated.class))
        .isEqualTo(new TaskEvent.TaskCreated(DEFINITION, "hash", "me", AT));
    assertThat(earlier("TaskEdited", TaskEvent.TaskEdited.class))
        .isEqualTo(new TaskEvent.TaskEdited(DEFINITION, 2, null, "me", AT));
    assertThat(earlier("RunStarted", TaskEvent.RunStarted.class).executions())
        .containsExactly(new PlannedExecution(EXECUTION, DESK, null));
    assertThat(earlier("AttemptEnded", TaskEvent.AttemptEnded.class).expiresAt()).isNull();
  }

  private static <E extends TaskEvent> E earlier(String name, Class<E> type) throws IOException {
    return MAPPER.treeToValue(file("before-schedules/" + name + ".json", ""), type);
  }

  /** A task's snapshot, too: its schedule is over if it had fired. */
  @Test
  void aSnapshotFromBeforeThereWereSchedulesIsRead() throws IOException {
    var live = MAPPER.treeToValue(file("before-schedules/Live.json", ""), TaskState.Live.class);

    assertThat(live.status()).isEqualTo(TaskStatus.Completed);
    assertThat(DueTimes.next(live)).isEmpty();
  }

  @Test
  void everyEventHasItsFile() {
    var kinds = Arrays.stream(TaskEvent.class.getPermittedSubclasses()).collect(Collectors.toSet());

    assertThat(events()).extracting(Object::getClass).containsExactlyInAnyOrderElementsOf(kinds);
  }
}

package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.T0;
import static io.octopus.coordinator.store.Events.at;
import static io.octopus.coordinator.store.Events.completed;
import static io.octopus.coordinator.store.Events.counts;
import static io.octopus.coordinator.store.Events.created;
import static io.octopus.coordinator.store.Events.createdAt;
import static io.octopus.coordinator.store.Events.granted;
import static io.octopus.coordinator.store.Events.started;
import static io.octopus.coordinator.store.JournalKit.NOW;
import static io.octopus.coordinator.store.JournalKit.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.TaskEvent.TaskDeleted;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadModelTest {

  @TempDir private Path folder;
  private RowsKit kit;
  private ReadModel model;

  @BeforeEach
  void openTheDatabase() {
    kit = RowsKit.open(folder);
    model = kit.store.readModel();
  }

  @AfterEach
  void closeTheDatabase() {
    kit.close();
  }

  @Test
  void aTaskHasEveryFieldOfTheContract() {
    kit.write("t1", completed("t1", T0, "pc-1", "{}"));

    StoredTask task = await(model.task(new TaskId("t1"))).orElseThrow();

    assertThat(task.version()).isEqualTo(1);
    assertThat(task.deleted()).isFalse();
    assertThat(task.json().toPrettyString())
        .isEqualToIgnoringWhitespace(
            """
            {"id":"t1","name":"hello","description":"says hello","owner":"Anyone",
             "plugin":"hello","action":"main","args":[1,"two"],"kwargs":{"a":1.50},
             "type":"Adhoc","execution_start_time":null,"execution_end_time":null,
             "interval":null,"interval_mode":null,"cron":null,"time_zone":null,"timeout":3600,
             "retry":{"max_attempts":3,"delay":5,"multiplier":2.0,"max_delay":90.5,"jitter":0.5,
                      "on_lost":true},
             "overlap":"skip","misfire":"fire_once","expires_after":604800,"max_concurrent_runs":null,
             "labels":{"os":"linux"},"status":"Completed","paused":false,"next_run_at":null,
             "last_run":{"id":"t1-1","status":"Completed",
                         "finished_at":"2026-11-23T10:00:00.540Z",
                         "counts":{"pending":0,"running":0,"completed":1,"failed":0,
                                   "timed_out":0,"cancelled":0,"lost":0,"skipped":0}},
             "version":1,"created_at":"2026-11-23T10:00:00.000Z",
             "updated_at":"2026-11-23T10:00:00.540Z","created_by":"ann"}
            """);
  }

  @Test
  void aTaskShowsHowItsLastRunStandsNow() {
    kit.write("t1", created("x", new Owner.Anyone()), started("t1", 1, T0, "Anyone"));
    kit.write(
        "t1",
        granted(new ExecutionId("t1-1-1"), 1, "pc-1", List.of(), null, counts(0, 1, 0, 0), at(1)));

    JsonNode lastRun = await(model.task(new TaskId("t1"))).orElseThrow().json().get("last_run");

    assertThat(lastRun.get("status").textValue()).isEqualTo("Running");
    assertThat(lastRun.get("counts").get("running").intValue()).isEqualTo(1);
  }

  @Test
  void aRunHasEveryFieldOfTheContract() {
    kit.write("t1", created("x", new Owner.All()), started("t1", 1, T0, "pc-1", "pc-2"));

    ObjectNode run = await(model.run(new RunId("t1-1"))).orElseThrow();

    assertThat(run.toPrettyString())
        .isEqualToIgnoringWhitespace(
            """
            {"id":"t1-1","task_id":"t1","fire_time":"2026-11-23T10:00:00.000Z",
             "trigger":"adhoc","targets":["pc-1","pc-2"],
             "skipped":[{"client":"old","reason":"draining"}],"status":"Pending","reason":null,
             "fire_time_until":null,"skipped_count":0,
             "counts":{"pending":2,"running":0,"completed":0,"failed":0,"timed_out":0,
                       "cancelled":0,"lost":0,"skipped":0},
             "created_at":"2026-11-23T10:00:00.000Z","started_at":null,"finished_at":null}
            """);
  }

  @Test
  void anExecutionHasEveryFieldOfTheContract() {
    kit.write("t1", completed("t1", T0, "pc-1", "{\"n\":1.10,\"big\":12345678901234567890}"));

    ObjectNode execution = await(model.execution(new ExecutionId("t1-1-1"))).orElseThrow();

    assertThat(execution.toPrettyString())
        .isEqualToIgnoringWhitespace(
            """
            {"id":"t1-1-1","task_id":"t1","run_id":"t1-1",
             "plugin":{"name":"hello","version":"1.0","sha256":"abc"},"action":"main",
             "client":"pc-1","status":"Completed","attempt":1,
             "attempts":[{"number":1,"client":"pc-1","started_at":"2026-11-23T10:00:00.040Z",
                          "finished_at":"2026-11-23T10:00:00.540Z","outcome":"Completed",
                          "reason":null}],
             "fire_time":"2026-11-23T10:00:00.000Z","created_at":"2026-11-23T10:00:00.000Z",
             "started_at":"2026-11-23T10:00:00.040Z","finished_at":"2026-11-23T10:00:00.540Z",
             "duration_ms":500,"wait_ms":40,"result":{"n":1.10,"big":12345678901234567890},
             "message":"done","error":null,"reason":null,"progress":null,
             "result_omitted":false}
            """);
  }

  @Test
  void aResultThatIsNestedTooDeeplyIsShownAsText() {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    kit.write("t1", completed("t1", T0, "pc-1", deep));

    ObjectNode execution = await(model.execution(new ExecutionId("t1-1-1"))).orElseThrow();

    assertThat(execution.get("result").textValue()).isEqualTo(deep);
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(await(model.task(new TaskId("x")))).isEmpty();
    assertThat(await(model.run(new RunId("x-1")))).isEmpty();
    assertThat(await(model.execution(new ExecutionId("xyz-1-1")))).isEmpty();
    assertThat(await(model.client(new WorkerName("x")))).isEmpty();
  }

  @Test
  void aDeletedTaskIsFoundButNotListed() {
    kit.write("t1", created("x", new Owner.All()), new TaskDeleted("bob", at(1)));

    assertThat(await(model.task(new TaskId("t1"))).orElseThrow().deleted()).isTrue();
    assertThat(tasks(TaskFilter.all())).isEmpty();
  }

  @Test
  void aLargeResultIsLeftOutOfListsOnly() {
    String large = "\"" + "x".repeat(65_535) + "\"";
    String justFits = "\"" + "x".repeat(65_534) + "\"";
    kit.write("large", completed("large", T0, "pc-1", large));
    kit.write("fits", completed("fits", at(1), "pc-1", justFits));

    List<ObjectNode> listed =
        await(model.executions(ExecutionFilter.all(), PageRequest.first())).items();

    assertThat(listed.get(0).get("result").textValue()).hasSize(65_534);
    assertThat(listed.get(0).get("result_omitted").booleanValue()).isFalse();
    assertThat(listed.get(1).get("result").isNull()).isTrue();
    assertThat(listed.get(1).get("result_omitted").booleanValue()).isTrue();
    ObjectNode whole = await(model.execution(new ExecutionId("large-1-1"))).orElseThrow();
    assertThat(whole.get("result").textValue()).hasSize(65_535);
  }

  @Test
  void listsAreNewestFirstAndContinueWhereTheyEnded() {
    for (int i = 0; i < 7; i++) {
      kit.write("t" + i, createdAt(at(i / 2)));
    }

    List<String> seen = new ArrayList<>();
    @Nullable String cursor = null;
    int pages = 0;
    do {
      Page page = await(model.tasks(TaskFilter.all(), PageRequest.parse("3", cursor)));
      page.items().forEach(task -> seen.add(task.get("id").textValue()));
      cursor = page.nextCursor();
      pages++;
    } while (cursor != null);

    assertThat(seen).containsExactly("t6", "t5", "t4", "t3", "t2", "t1", "t0");
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void aFullLastPageHasNoNext() {
    kit.write("t1", createdAt(T0));
    kit.write("t2", createdAt(T0));

    assertThat(await(model.tasks(TaskFilter.all(), PageRequest.parse("2", ""))).nextCursor())
        .isNull();
  }

  @Test
  void badPagesAreRefusedByName() {
    assertThatThrownBy(() -> PageRequest.parse("0", null))
        .isInstanceOfSatisfying(
            InvalidPage.class, refused -> assertThat(refused.field()).isEqualTo("limit"))
        .hasMessageContaining("1 to 500");
    assertThatThrownBy(() -> PageRequest.parse("501", null)).isInstanceOf(InvalidPage.class);
    assertThatThrownBy(() -> PageRequest.parse("many", null)).isInstanceOf(InvalidPage.class);
    for (String cursor : List.of("x", "eHh4", "MjAyNi0xMS0yM1QxMDowMDowMC4wMDBafA", "%%%")) {
      assertThatThrownBy(() -> PageRequest.parse(null, cursor))
          .isInstanceOfSatisfying(
              InvalidPage.class, refused -> assertThat(refused.field()).isEqualTo("cursor"));
    }
  }

  @Test
  void tasksAreFiltered() {
    kit.write("t1", completed("t1", T0, "pc-1", "1"));
    kit.write("t2", created("nightly 100%", new Owner.Named(new WorkerName("PC-2"))));

    assertThat(tasks(filter(List.of("Completed"), null, null, null, null, null)))
        .containsExactly("t1");
    assertThat(tasks(filter(List.of("Completed", "Created"), null, null, null, null, null)))
        .hasSize(2);
    assertThat(tasks(filter(List.of(), "pc-2", null, null, null, null))).containsExactly("t2");
    assertThat(tasks(filter(List.of(), "anyone", null, null, null, null))).containsExactly("t1");
    assertThat(tasks(filter(List.of(), null, "hello", null, null, null))).hasSize(2);
    assertThat(tasks(filter(List.of(), null, "other", null, null, null))).isEmpty();
    assertThat(tasks(filter(List.of(), null, null, "Adhoc", null, null))).hasSize(2);
    assertThat(tasks(filter(List.of(), null, null, null, "PC-1", null))).containsExactly("t1");
    assertThat(tasks(filter(List.of(), null, null, null, null, "NIGHT"))).containsExactly("t2");
    assertThat(tasks(filter(List.of(), null, null, null, null, "0%"))).containsExactly("t2");
    assertThat(tasks(filter(List.of(), null, null, null, null, "h%o"))).isEmpty();
    assertThat(tasks(filter(List.of(), null, null, null, null, "_"))).isEmpty();
  }

  private static TaskFilter filter(
      List<String> status,
      @Nullable String owner,
      @Nullable String plugin,
      @Nullable String type,
      @Nullable String client,
      @Nullable String q) {
    return new TaskFilter(status, owner, plugin, type, client, q);
  }

  private List<String> tasks(TaskFilter filter) {
    return ids(await(model.tasks(filter, PageRequest.first())));
  }

  private static List<String> ids(Page page) {
    return page.items().stream().map(item -> item.get("id").textValue()).toList();
  }

  @Test
  void severalStatusesAreOneListNewestFirst() {
    for (int n = 0; n < 6; n++) {
      kit.write("t" + n, completed("t" + n, at(n), "pc-1", "{}"));
      if (n % 2 == 0) {
        kit.execute("UPDATE executions SET status = 'Failed' WHERE task_id = 't%d'".formatted(n));
      }
    }
    kit.write("t9", created("x", new Owner.All()), started("t9", 1, at(9), "pc-1"));
    List<String> ids = new ArrayList<>();
    String cursor = null;
    do {
      ExecutionFilter filter =
          new ExecutionFilter(null, null, null, List.of("Failed", "Completed"), null, null);
      Page page = await(model.executions(filter, PageRequest.parse("4", cursor)));
      page.items().forEach(item -> ids.add(item.path("task_id").asText()));
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(ids).containsExactly("t5", "t4", "t3", "t2", "t1", "t0");
  }

  @Test
  void runsAreFiltered() {
    kit.write("t1", completed("t1", T0, "pc-1", "1"));
    kit.write("t2", created("x", new Owner.All()), started("t2", 1, at(5), "pc-1"));

    assertThat(ids(await(model.runs(RunFilter.all(), PageRequest.first()))))
        .containsExactly("t2-1", "t1-1");
    assertThat(ids(await(model.runs(new RunFilter("t1", List.of()), PageRequest.first()))))
        .containsExactly("t1-1");
    assertThat(ids(await(model.runs(new RunFilter(null, List.of("Pending")), PageRequest.first()))))
        .containsExactly("t2-1");
  }

  @Test
  void executionsAreFiltered() {
    kit.write("t1", completed("t1", T0, "pc-1", "1"));
    kit.write("t2", created("x", new Owner.All()), started("t2", 1, at(60), "pc-1", "pc-2"));

    assertThat(executions(ExecutionFilter.all())).containsExactly("t2-1-2", "t2-1-1", "t1-1-1");
    assertThat(executions(new ExecutionFilter("t1", null, null, List.of(), null, null)))
        .containsExactly("t1-1-1");
    assertThat(executions(new ExecutionFilter(null, "t2-1", null, List.of(), null, null)))
        .hasSize(2);
    assertThat(executions(new ExecutionFilter(null, null, "PC-1", List.of(), null, null)))
        .containsExactly("t2-1-1", "t1-1-1");
    assertThat(executions(new ExecutionFilter(null, null, null, List.of("Pending"), null, null)))
        .hasSize(2);
    assertThat(executions(new ExecutionFilter(null, null, null, List.of(), at(60), null)))
        .hasSize(2);
    assertThat(executions(new ExecutionFilter(null, null, null, List.of(), null, at(60))))
        .containsExactly("t1-1-1");
  }

  private List<String> executions(ExecutionFilter filter) {
    return ids(await(model.executions(filter, PageRequest.first())));
  }

  @Test
  void clientsShowWhatRunsOnThem() {
    await(kit.store.clients().upsert(List.of(client("pc-2", "Offline"), client("PC-1", "Online"))));
    kit.write("t1", created("x", new Owner.Anyone()), started("t1", 1, T0, "Anyone"));
    kit.write(
        "t1",
        granted(new ExecutionId("t1-1-1"), 1, "pc-1", List.of(), null, counts(0, 1, 0, 0), at(1)));

    assertThat(await(model.clients()))
        .extracting(client -> client.get("name").textValue())
        .containsExactly("PC-1", "pc-2");
    assertThat(await(model.client(new WorkerName("pc-1"))).orElseThrow().toPrettyString())
        .isEqualToIgnoringWhitespace(
            """
            {"name":"PC-1","status":"Online","why":"reachable","host":"host","address":"10.0.0.1",
             "os":"Linux","version":"0.1.0","slots":8,"busy":1,"labels":{"os":"linux"},
             "draining":true,"last_seen":"2026-11-23T10:00:00.000Z","joined_at":null,
             "running":["t1-1-1"],"plugins_in_sync":true,"cpu":4,"memory":8589934592,
             "limits":{"memory":"cgroup: 512 MiB"}}
            """);
  }

  private static ClientRow client(String name, String status) {
    return new ClientRow(
        new WorkerName(name),
        status,
        "reachable",
        "host",
        "10.0.0.1",
        "Linux",
        "0.1.0",
        8,
        1,
        Map.of("os", "linux"),
        true,
        T0,
        null,
        false,
        null,
        4,
        8L << 30,
        true,
        Map.of("memory", "cgroup: 512 MiB"));
  }

  @Test
  void theFiguresCountWhatIsAndWhatWasLately() {
    await(kit.store.clients().upsert(List.of(client("pc-1", "Idle"))));
    kit.write("t1", completed("t1", T0, "pc-1", "1"));
    kit.write("old", completed("old", NOW.minus(Duration.ofDays(2)), "pc-1", "1"));
    kit.write("t2", created("x", new Owner.All()));
    kit.write("t2", started("t2", 1, NOW.minusSeconds(90), "pc-1", "pc-2"));
    kit.write(
        "t2",
        granted(new ExecutionId("t2-1-1"), 1, "pc-1", List.of(), null, counts(1, 1, 0, 0), NOW));

    StatusFigures figures = await(model.status());

    assertThat(figures.tasks())
        .containsEntry("Completed", 2L)
        .containsEntry("Active", 1L)
        .containsEntry("Failed", 0L);
    assertThat(figures.unfinishedExecutions()).isEqualTo(Map.of("Pending", 1L, "Running", 1L));
    assertThat(figures.clients()).isEqualTo(Map.of("Online", 0L, "Idle", 1L, "Offline", 0L));
    assertThat(figures.queueLength()).isEqualTo(1);
    assertThat(figures.oldestWaitSeconds()).isEqualTo(90);
    assertThat(figures.lastDay()).containsEntry("Completed", 1L).containsEntry("Lost", 0L);
    assertThat(figures.p95DurationMs()).isEqualTo(500);
  }

  @Test
  void theFiguresOfAnEmptyDatabaseAreZeroOrNothing() {
    StatusFigures figures = await(model.status());

    assertThat(figures.queueLength()).isZero();
    assertThat(figures.oldestWaitSeconds()).isNull();
    assertThat(figures.p95DurationMs()).isNull();
  }
}

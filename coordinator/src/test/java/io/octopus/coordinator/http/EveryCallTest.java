package io.octopus.coordinator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.octopus.coordinator.http.ContractClient.Answer;
import io.octopus.coordinator.store.UnfinishedWork.Undone;
import io.octopus.coordinator.store.UnfinishedWork.UndoneExecution;
import io.octopus.coordinator.task.RunTrigger;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.WorkerName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every call of the contract, as it is meant to be used. */
class EveryCallTest {
  private static final ApiServer SERVER = new ApiServer();
  private static final ContractClient API = SERVER.client();

  @AfterAll
  static void everyCallWasMade() {
    SERVER.close();
    assertThat(API.exercised()).containsExactlyInAnyOrderElementsOf(ContractClient.operations());
  }

  @BeforeEach
  void anew() {
    SERVER.tasks.reset();
    SERVER.rows.fill();
    SERVER.plugins.fill();
  }

  @Test
  void theQuickStartsTaskIsCreatedAndShown() {
    String id = TaskIds.ofKey("once").value();
    SERVER.rows.put(SampleRows.task(id), 1);

    Answer answer =
        API.post(
            "/tasks",
            """
            {"owner":"Anyone","plugin":"hello","action":"main",
             "args":["P1","Database connection failed"],"type":"Adhoc"}
            """,
            "Idempotency-Key",
            "once");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo("/tasks/" + id);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.json()).isEqualTo(SampleRows.task(id));
    var create = (TaskCommand.Create) only(SERVER.tasks.asked);
    assertThat(create.definition().name()).isEqualTo("hello.main");
    assertThat(create.definition().args()).isEqualTo("[\"P1\",\"Database connection failed\"]");
    assertThat(only(SERVER.tasks.ids).value()).isEqualTo(id);
  }

  @Test
  void aTaskIsPreviewed() {
    Answer answer =
        API.post(
            "/tasks/preview",
            "{\"owner\":\"ALL\",\"plugin\":\"hello\",\"type\":\"Interval\",\"interval\":\"5m\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("description").asText()).isEqualTo("Every 5 minutes");
    assertThat(SERVER.tasks.asked).isEmpty();
  }

  @Test
  void tasksAreListedByEveryFilter() {
    Answer answer =
        API.get(
            "/tasks?status=active&status=Failed&owner=ALL&plugin=hello&type=adhoc&client=alpha"
                + "&q=x%20y&limit=10");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("items")).hasSize(1);
    assertThat(answer.json().path("next_cursor").asText()).isEqualTo("next");
    var filter = Objects.requireNonNull(SERVER.rows.taskFilter);
    assertThat(filter.status()).containsExactly("Active", "Failed");
    assertThat(filter.type()).isEqualTo("Adhoc");
    assertThat(filter.q()).isEqualTo("x y");
    assertThat(Objects.requireNonNull(SERVER.rows.page).limit()).isEqualTo(10);
  }

  @Test
  void aTaskIsShownWithItsVersion() {
    Answer answer = API.get("/tasks/t1");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"3\"");
  }

  @Test
  void aTasksHistoryIsListed() {
    String cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("2026-11-23T15:04:05.123Z|8".getBytes(StandardCharsets.UTF_8));

    Answer answer = API.get("/tasks/t1/history?limit=1&cursor=" + cursor);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("items").path(0)).isEqualTo(SampleRows.historyLine("t1"));
    assertThat(Objects.requireNonNull(SERVER.rows.page).numberBefore()).isEqualTo(8);
    assertThat(API.get("/tasks/unknown/history").status()).isEqualTo(404);
  }

  @Test
  void aTaskIsEditedWhenItsVersionIsTheOneThatWasSeen() {
    String body = "{\"owner\":\"alpha\",\"plugin\":\"hello\",\"timeout\":\"5m\"}";

    assertThat(API.put("/tasks/t1", body, "If-Match", "\"3\"").status()).isEqualTo(200);
    assertThat(((TaskCommand.Edit) only(SERVER.tasks.asked)).expectedVersion()).isEqualTo(3);
    SERVER.tasks.reset();
    assertThat(API.put("/tasks/t1", body, "If-Match", "\"2\"").status()).isEqualTo(412);
    assertThat(SERVER.tasks.asked).isEmpty();
    assertThat(API.put("/tasks/t1", body).status()).isEqualTo(200);
    assertThat(((TaskCommand.Edit) only(SERVER.tasks.asked)).expectedVersion()).isNull();
  }

  @Test
  void aTaskIsDeleted() {
    Answer answer = API.delete("/tasks/t1");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(only(SERVER.tasks.asked)).isInstanceOf(TaskCommand.Delete.class);
  }

  @Test
  void aTaskIsRunWithItsOwnArgumentsOrOthers() {
    Answer plain = API.post("/tasks/t1/run");
    Answer changed = API.post("/tasks/t1/run", "{\"args\":[1],\"kwargs\":null}");

    assertThat(plain.status()).isEqualTo(202);
    assertThat(plain.json().path("run_id").asText()).isEqualTo("t1-2");
    assertThat(changed.status()).isEqualTo(202);
    var second = (TaskCommand.Fire) SERVER.tasks.asked.get(1);
    assertThat(second.trigger()).isEqualTo(RunTrigger.MANUAL);
    assertThat(second.args()).isEqualTo("[1]");
    assertThat(second.kwargs()).isNull();
    assertThat(second.clients()).isNull();
  }

  @Test
  void aTaskIsCancelled() {
    assertThat(API.post("/tasks/t1/cancel").status()).isEqualTo(200);
    assertThat(only(SERVER.tasks.asked)).isInstanceOf(TaskCommand.CancelTask.class);
  }

  @Test
  void aTaskIsPausedAndResumed() {
    assertThat(API.post("/tasks/t1/pause").status()).isEqualTo(200);
    assertThat(API.post("/tasks/t1/resume").status()).isEqualTo(200);
    assertThat(API.post("/tasks/nowhere/pause").status()).isEqualTo(404);

    assertThat(SERVER.tasks.asked.get(0)).isInstanceOf(TaskCommand.Pause.class);
    assertThat(SERVER.tasks.asked.get(1)).isInstanceOf(TaskCommand.Resume.class);
  }

  @Test
  void runsAreListedAndShown() {
    assertThat(API.get("/runs?task_id=t1&status=Running&limit=5").status()).isEqualTo(200);
    assertThat(API.get("/runs/t1-1").status()).isEqualTo(200);
  }

  @Test
  void aRunIsCancelledUnlessItIsFinal() {
    assertThat(API.post("/runs/t1-1/cancel").status()).isEqualTo(202);
    assertThat(only(SERVER.tasks.asked)).isInstanceOf(TaskCommand.CancelRun.class);
    SERVER.tasks.reset();
    SERVER.rows.runs.put("t1-1", SampleRows.run("t1-1", "t1", "Completed"));

    assertThat(API.post("/runs/t1-1/cancel").status()).isEqualTo(409);
    assertThat(SERVER.tasks.asked).isEmpty();
  }

  @Test
  void theClientsOfARunThatDidNotCompleteAreRunAgainWithItsArguments() {
    undone(true, new UndoneExecution(new ExecutionId("t1-1-2"), new WorkerName("beta")));

    Answer answer = API.post("/runs/t1-1/retry");

    assertThat(answer.status()).isEqualTo(202);
    var fire = (TaskCommand.Fire) only(SERVER.tasks.asked);
    assertThat(fire.trigger()).isEqualTo(RunTrigger.RETRY);
    assertThat(fire.clients()).containsExactly(new WorkerName("beta"));
    assertThat(fire.args()).isEqualTo("[9]");
  }

  @Test
  void whatAnybodyMayRunIsRunAgainByAnybody() {
    undone(true, new UndoneExecution(new ExecutionId("t1-1-1"), null));

    API.post("/runs/t1-1/retry");

    assertThat(((TaskCommand.Fire) only(SERVER.tasks.asked)).clients()).isNull();
  }

  @Test
  void aRunThatGoesOnOrLeftNothingUndoneIsNotRetried() {
    undone(false, new UndoneExecution(new ExecutionId("t1-1-1"), null));
    assertThat(API.post("/runs/t1-1/retry").status()).isEqualTo(409);
    undone(true);
    assertThat(API.post("/runs/t1-1/retry").status()).isEqualTo(409);
    assertThat(SERVER.tasks.asked).isEmpty();
  }

  @Test
  void executionsAreListedByEveryFilterAndShown() {
    Answer answer =
        API.get(
            "/executions?task_id=t1&run_id=t1-1&client=alpha&status=Running&status=TimedOut"
                + "&since=2026-11-23T15:04:05Z&until=2026-11-24T15:04:05%2B01:00");

    assertThat(answer.status()).isEqualTo(200);
    var filter = Objects.requireNonNull(SERVER.rows.executionFilter);
    assertThat(filter.until()).isEqualTo("2026-11-24T14:04:05Z");
    assertThat(filter.status()).containsExactly("Running", "TimedOut");
    assertThat(API.get("/executions/t1-1-1").status()).isEqualTo(200);
  }

  @Test
  void anExecutionIsCancelledWhileItIsNotFinalAndRetriedWhenItIs() {
    undone(true, new UndoneExecution(new ExecutionId("t1-1-1"), new WorkerName("alpha")));

    assertThat(API.post("/executions/t1-1-1/retry").status()).isEqualTo(409);
    assertThat(API.post("/executions/t1-1-1/cancel").status()).isEqualTo(202);
    SERVER.rows.executions.put("t1-1-1", SampleRows.execution("t1-1-1", "t1-1", "t1", "TimedOut"));
    assertThat(API.post("/executions/t1-1-1/cancel").status()).isEqualTo(409);
    assertThat(API.post("/executions/t1-1-1/retry").status()).isEqualTo(202);
    assertThat(SERVER.tasks.asked).hasSize(2);
  }

  @Test
  void aLogIsReadInPiecesAndFromItsEnd() {
    SERVER.rows.output = "one\ntwo\nthrée\n";

    Answer piece = API.get("/executions/t1-1-1/log?offset=4&limit=4&attempt=1");
    Answer tail = API.get("/executions/t1-1-1/log?tail=1");

    assertThat(piece.body()).isEqualTo("two\n");
    assertThat(piece.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
    assertThat(piece.header("X-Next-Offset")).isEqualTo("8");
    assertThat(tail.body()).isEqualTo("thrée");
    assertThat(API.get("/executions/t1-1-1/log").status()).isEqualTo(200);
  }

  @Test
  void aLogIsReadPartByPart() {
    SERVER.rows.output = "one\n";

    JsonNode page = API.get("/executions/t1-1-1/log?format=json").json();

    assertThat(page.path("next_offset").asInt()).isEqualTo(4);
    assertThat(page.path("items").get(0).path("stream").asText()).isEqualTo("log");
    assertThat(page.path("items").get(0).path("level").asText()).isEqualTo("INFO");
  }

  @Test
  void aLargeResultIsShownWithItsExecutionAsItIs() {
    SERVER.rows.executions.put(
        "t1-1-1",
        SampleRows.execution("t1-1-1", "t1-1", "t1", "Completed")
            .putNull("result")
            .put("result_omitted", true));
    SERVER.rows.storedResults.put("t1-1-1", "{\"pi\": 3.140 }");

    Answer whole = API.get("/executions/t1-1-1");

    assertThat(whole.body()).contains("\"result\":{\"pi\": 3.140 }");
    assertThat(whole.json().path("result_omitted").asBoolean()).isFalse();
  }

  @Test
  void filesThatAnExecutionLeftAreListedAndSaved() {
    SERVER.rows.artefacts.put("a/é b.txt", "<script>".getBytes(UTF_8));
    SERVER.rows.artefacts.put("empty", new byte[0]);

    JsonNode items = API.get("/executions/t1-1-1/artefacts").json().path("items");
    Answer file = API.unchecked("GET", "/executions/t1-1-1/artefacts/a%2F%C3%A9%20b.txt");
    Answer same = API.unchecked("GET", "/executions/t1-1-1/artefacts/a/%C3%A9%20b.txt");

    assertThat(items.findValuesAsText("name")).containsExactly("a/é b.txt", "empty");
    assertThat(file.body()).isEqualTo("<script>");
    assertThat(same.body()).isEqualTo("<script>");
    assertThat(file.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(file.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"_ b.txt\"; filename*=UTF-8''%C3%A9%20b.txt");
    assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(API.unchecked("GET", "/executions/t1-1-1/artefacts/empty").body()).isEmpty();
    assertThat(API.get("/executions/t1-1-1/artefacts/..passwd").status()).isEqualTo(404);
    assertThat(API.get("/executions/t9-1-1/artefacts").status()).isEqualTo(404);
  }

  @Test
  void aLogIsFollowedUntilTheExecutionIsFinal() {
    SERVER.rows.output = "one\n";
    SERVER.rows.executions.put("t1-1-1", SampleRows.execution("t1-1-1", "t1-1", "t1", "Completed"));

    try (Stream<String> lines = API.lines("/executions/t1-1-1/log/stream")) {
      List<String> events = lines.filter(line -> !line.isEmpty()).toList();

      assertThat(events)
          .containsSubsequence(
              "event: output",
              "data: {\"next_offset\":4,\"stream\":\"log\",\"level\":\"INFO\","
                  + "\"at\":\"2026-01-02T03:04:05.000Z\",\"text\":\"one\\n\",\"attempt\":1}",
              "event: end",
              "data: {\"next_offset\":4}");
    }
  }

  @Test
  void clientsAreListedShownDrainedAndResumed() {
    assertThat(API.get("/clients?limit=1").json().path("items")).hasSize(1);
    assertThat(API.get("/clients/ALPHA").status()).isEqualTo(200);
    assertThat(API.post("/clients/alpha/drain").status()).isEqualTo(200);
    assertThat(API.post("/clients/alpha/resume").status()).isEqualTo(200);
    assertThat(API.post("/clients/omega/drain").status()).isEqualTo(404);
  }

  @Test
  void onlyAClientThatIsOfflineIsForgotten() {
    assertThat(API.delete("/clients/alpha").status()).isEqualTo(409);
    SERVER.clients.offline = true;
    assertThat(API.delete("/clients/alpha").status()).isEqualTo(204);
    assertThat(API.delete("/clients/ALL").status()).isEqualTo(404);
  }

  @Test
  void pluginsAreListedInPagesAndShown() {
    Answer first = API.get("/plugins?limit=3");
    Answer second = API.get("/plugins?cursor=" + first.json().path("next_cursor").asText());

    assertThat(first.json().path("items").findValuesAsText("file_name"))
        .containsExactly("create_incident.py", "hello.py", "shattered.py");
    assertThat(second.json().path("items").findValuesAsText("file_name"))
        .containsExactly("tidy.sh");
    assertThat(second.json().path("next_cursor").isNull()).isTrue();
    assertThat(API.get("/plugins/hello").json().path("actions").get(0).path("name").asText())
        .isEqualTo("main");
  }

  @Test
  void aPluginsVersionsAreListedReadAndCompared() {
    Answer first = API.get("/plugins/hello/versions?limit=1");
    Answer second =
        API.get("/plugins/hello/versions?cursor=" + first.json().path("next_cursor").asText());

    assertThat(first.json().path("items").get(0).path("number").asInt()).isEqualTo(2);
    assertThat(first.json().path("items").get(0).path("serving").asBoolean()).isTrue();
    assertThat(second.json().path("items").get(0).path("number").asInt()).isEqualTo(1);
    assertThat(second.json().path("next_cursor").isNull()).isTrue();

    Answer content = API.get("/plugins/hello/content?version=1");
    assertThat(content.body()).isEqualTo("def main():\n    return 1\n");
    assertThat(content.header("Content-Disposition")).contains("attachment", "hello.py");
    assertThat(content.header("ETag"))
        .isEqualTo("\"" + second.json().path("items").get(0).path("sha256").asText() + "\"");
    assertThat(API.get("/plugins/hello/content").body()).contains("return 2");
    assertThat(API.get("/plugins/hello/diff").body()).contains("-    return 1\n+    return 2\n");
    assertThat(API.get("/plugins/hello/diff?from=2&to=1").body()).contains("+    return 1\n");
    assertThat(API.get("/plugins/hello/diff?to=1").status()).isEqualTo(409);
    assertThat(API.get("/plugins/hello/content?version=1.0").fields()).containsExactly("version");
    assertThat(API.get("/plugins/hello/content?version=zzzz").status()).isEqualTo(404);
    assertThat(API.get("/plugins/nobody/versions").status()).isEqualTo(404);
  }

  @Test
  void requirementsAreChangedAndRead() {
    assertThat(API.push("/plugins/hello/requirements", "six\n").status()).isEqualTo(200);
    assertThat(API.get("/plugins/hello/requirements").body()).isEqualTo("six\n");
    assertThat(API.unchecked("GET", "/plugins/hello/requirements?version=1").body()).isEmpty();
    assertThat(API.push("/plugins/hello/requirements", "x").fields())
        .containsExactly("requirements");
    assertThat(API.push("/plugins/nobody/requirements", "six").status()).isEqualTo(404);
  }

  @Test
  void aPluginIsRolledBack() {
    assertThat(API.post("/plugins/hello/rollback").status()).isEqualTo(200);
    assertThat(API.post("/plugins/hello/rollback", "{\"version\":\"2\"}").status()).isEqualTo(200);
    assertThat(API.post("/plugins/hello/rollback", "{\"version\":\"1.0\"}").fields())
        .containsExactly("version");
    assertThat(API.post("/plugins/hello/rollback", "{\"version\":\"zzzz\"}").fields())
        .containsExactly("version");
    assertThat(
            API.wrong(
                    "POST",
                    "/plugins/hello/rollback",
                    "{\"to\":\"1\"}",
                    "Content-Type",
                    "application/json")
                .fields())
        .containsExactly("to");
    assertThat(API.post("/plugins/nobody/rollback").status()).isEqualTo(404);
    API.push("/plugins/fresh?filename=fresh.py", "def main(): pass");
    assertThat(API.post("/plugins/fresh/rollback").status()).isEqualTo(409);
  }

  @Test
  void aPluginThatIsUsedIsDeletedOnlyByForce() {
    Answer refused = API.delete("/plugins/hello");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.fields()).hasSize(5).containsOnly("task");
    assertThat(refused.json().path("detail").asText())
        .contains(
            "hello is used by task t1 (nightly, Active), task t2", "and 2 more", "force=true");
    assertThat(API.delete("/plugins/hello?force=true").status()).isEqualTo(204);
    assertThat(API.delete("/plugins/hello?force=true").status()).isEqualTo(404);
    assertThat(API.wrong("DELETE", "/plugins/tidy?force=maybe", "").fields())
        .containsExactly("force");
  }

  @Test
  void aPluginIsPushedOnlyOverTheContentThatIsNamed() {
    String sha256 = API.get("/plugins/hello").json().path("sha256").asText();

    Answer stale =
        API.push(
            "/plugins/hello?filename=hello.py", "x = 1", "If-Match", "\"" + "0".repeat(64) + "\"");
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.json().path("detail").asText()).contains(sha256);
    Answer done =
        API.push("/plugins/hello?filename=hello.py", "x = 1", "If-Match", "\"" + sha256 + "\"");
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.header("ETag"))
        .isEqualTo("\"" + done.json().path("sha256").asText() + "\"")
        .isNotEqualTo("\"" + sha256 + "\"");
    assertThat(API.push("/plugins/hello?filename=hello.py", "x = 2", "If-Match", "*").status())
        .isEqualTo(200);
  }

  @Test
  void aFormCarriesTheFileAndItsRequirements() {
    String form =
        """
        --edge\r
        Content-Disposition: form-data; name="file"; filename="fresh.py"\r
        Content-Type: text/x-python\r
        \r
        def main(): pass
        \r
        --edge\r
        Content-Disposition: form-data; name="requirements"; filename="fresh.requirements.txt"\r
        \r
        six
        \r
        --edge--\r
        """;

    assertThat(pushForm("/plugins/fresh", form).status()).isEqualTo(201);

    assertThat(API.get("/plugins/fresh/content").body()).isEqualTo("def main(): pass\n");
    assertThat(API.get("/plugins/fresh/requirements").body()).isEqualTo("six\n");
    assertThat(pushForm("/plugins/fresh", form.replace("\"file\"", "\"code\"")).fields())
        .containsExactly("code");
    assertThat(pushForm("/plugins/fresh", form.replace("\"requirements\"", "\"file\"")).fields())
        .containsExactly("file");
    assertThat(pushForm("/plugins/fresh", "--edge--\r\n").status()).isEqualTo(400);
    assertThat(pushForm("/plugins/fresh", "nothing").status()).isEqualTo(400);
  }

  private static Answer pushForm(String path, String form) {
    return API.wrong("PUT", path, form, "Content-Type", "multipart/form-data; boundary=edge");
  }

  @Test
  void aPluginIsPushed() {
    assertThat(API.push("/plugins/fresh?filename=fresh.py", "def main(): pass").status())
        .isEqualTo(201);
    assertThat(API.push("/plugins/fresh?filename=fresh.py", "def main(): return 1").status())
        .isEqualTo(200);
    Answer broken = API.push("/plugins/fresh?filename=fresh.py", "def main(:");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.json().path("detail").asText()).contains("line 1: invalid syntax");
    assertThat(API.push("/plugins/fresh?filename=other.py", "x").fields())
        .containsExactly("filename");
  }

  @Test
  void theStatusCountsWhatStandsWhere() {
    var status = API.get("/status").json();

    assertThat(status.path("executions").path("running").asInt()).isEqualTo(1);
    assertThat(status.path("queue").path("oldest_wait_ms").asInt()).isEqualTo(7000);
    assertThat(status.path("last_24h").path("timed_out").asInt()).isEqualTo(1);
    assertThat(status.path("plugins").asInt()).isPositive();
  }

  @Test
  void aCoordinatorThatCannotWorkIsAliveButNotReady() {
    assertThat(API.get("/health/ready").status()).isEqualTo(200);
    SERVER.obstacle = Optional.of("the journal is closed");

    Answer answer = API.get("/health/ready");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().path("detail").asText()).isEqualTo("the journal is closed");
    assertThat(API.get("/health/live").status()).isEqualTo(200);
    SERVER.obstacle = Optional.empty();
  }

  @Test
  void theDescriptionIsServed() {
    Answer answer = API.get("/openapi.yaml");

    assertThat(answer.header("Content-Type")).startsWith("application/yaml");
    assertThat(answer.body()).contains("openapi: 3.0.3");
  }

  @Test
  void theLiveFeedIsListenedTo() {
    try (Stream<String> lines = API.lines("/events")) {
      assertThat(lines.limit(4)).anyMatch(line -> line.startsWith("id: test-"));
    }
  }

  private static void undone(boolean isFinal, UndoneExecution... executions) {
    SERVER.rows.undone.put(
        "t1-1", new Undone(new RunId("t1-1"), isFinal, "[9]", null, List.of(executions)));
  }

  private static <T> T only(List<T> all) {
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}

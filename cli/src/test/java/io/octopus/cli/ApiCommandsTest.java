package io.octopus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiCommandsTest {
  private static final String EXECUTION =
      """
      {"id":"t1-1-1","client":"box","status":"%s","reason":null,"result":{"ok":true}}\
      """;

  @TempDir private Path folder;

  private final LocalServer server = new LocalServer();
  private final Shell shell = new Shell();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyFlagOfASchedulePassesOn() {
    server.on("POST /tasks", 201, "{\"id\":\"t1\",\"status\":\"Created\"}");

    int exit =
        run(
            "task",
            "create",
            "hello",
            "--interval=5m",
            "--interval-mode=fixed_delay",
            "--time-zone=Europe/Berlin",
            "--start=2027-01-01 10:00",
            "--end=2027-02-01 10:00",
            "--overlap=queue_one",
            "--misfire=skip",
            "--expires-after=1h",
            "--max-concurrent-runs=2",
            "--max-attempts=2",
            "--retry-delay=10s",
            "--no-retry-on-lost");

    assertThat(exit).isEqualTo(ExitCode.OK);
    assertThat(server.lastCall().body())
        .isEqualTo(
            "{\"plugin\":\"hello\",\"type\":\"Interval\",\"time_zone\":\"Europe/Berlin\","
                + "\"interval\":\"5m\",\"interval_mode\":\"fixed_delay\","
                + "\"execution_start_time\":\"2027-01-01 10:00\","
                + "\"execution_end_time\":\"2027-02-01 10:00\",\"overlap\":\"queue_one\","
                + "\"misfire\":\"skip\",\"expires_after\":\"1h\",\"max_concurrent_runs\":2,"
                + "\"retry\":{\"max_attempts\":2,\"delay\":\"10s\",\"on_lost\":false},"
                + "\"owner\":\"Anyone\"}");
  }

  @Test
  void aPreviewSaysWhenWhereAndWhatMaySurprise() {
    server.on(
        "POST /tasks/preview",
        200,
        """
        {"description":"At 02:30, Europe/Berlin",
         "next_fire_times":["2027-03-27T01:30:00Z","2027-03-28T01:00:00Z"],
         "targets":["alpha","beta"],"skipped":[{"client":"gamma","reason":"draining"}],
         "warnings":["2027-03-28 02:30 does not exist."]}
        """);

    int exit = run("task", "preview", "hello", "--owner", "ALL", "--cron", "30 2 * * *");

    assertThat(exit).isEqualTo(ExitCode.OK);
    assertThat(shell.out().lines())
        .containsExactly(
            "At 02:30, Europe/Berlin",
            "  2027-03-27T01:30:00Z",
            "  2027-03-28T01:00:00Z",
            "Runs on alpha, beta",
            "  not on gamma: draining",
            "Warning: 2027-03-28 02:30 does not exist.");
  }

  @Test
  void aTaskIsCreatedAsTheFlagsSayIt() {
    server.on("POST /tasks", 201, "{\"id\":\"t1\",\"status\":\"Created\"}");

    int exit =
        run(
            "task",
            "create",
            "create_incident",
            "main",
            "--arg",
            "P1",
            "--arg",
            "5",
            "--kwarg",
            "urgent=true",
            "--label",
            "os=linux",
            "--cron",
            "0 6 * * *");

    assertThat(exit).isEqualTo(ExitCode.OK);
    assertThat(server.lastCall().body())
        .isEqualTo(
            "{\"plugin\":\"create_incident\",\"action\":\"main\",\"type\":\"Scheduled\","
                + "\"cron\":\"0 6 * * *\",\"labels\":{\"os\":\"linux\"},\"owner\":\"Anyone\","
                + "\"args\":[\"P1\",5],\"kwargs\":{\"urgent\":true}}");
    assertThat(server.lastCall().headers().get("Content-type")).containsExactly("application/json");
    assertThat(shell.out()).containsPattern("id +t1").containsPattern("status +Created");
  }

  @Test
  void aTaskFileIsSentWithTheFlagsOverIt() throws IOException {
    server.on("POST /tasks", 201, "{\"id\":\"t1\"}");
    Path file =
        Files.writeString(
            folder.resolve("task.json"), "{\"owner\":\"ALL\",\"plugin\":\"a\",\"name\":\"b\"}");

    assertThat(run("task", "create", "--file", file.toString(), "--name", "c", "--json"))
        .isEqualTo(ExitCode.OK);
    assertThat(server.lastCall().body())
        .isEqualTo("{\"owner\":\"ALL\",\"plugin\":\"a\",\"name\":\"c\"}");
    assertThat(shell.out()).contains("\"id\" : \"t1\"");
  }

  @Test
  void aTaskWithoutAPluginIsWrongUsage() {
    assertThat(run("task", "create")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).contains("PLUGIN");
  }

  @ParameterizedTest
  @CsvSource({"Completed, 0", "Failed, 1", "Cancelled, 1"})
  void waitingEndsAsTheTaskEnds(String status, int exit) {
    server
        .on("POST /tasks", 201, "{\"id\":\"t1\",\"status\":\"Created\"}")
        .on("GET /tasks/t1", 200, "{\"id\":\"t1\",\"status\":\"Active\"}")
        .on("GET /tasks/t1", 200, "{\"id\":\"t1\",\"status\":\"" + status + "\"}")
        .on(
            "GET /executions?task_id=t1&limit=500",
            200,
            "{\"items\":[" + EXECUTION.formatted(status) + "]}")
        .on("GET /executions/t1-1-1/log?offset=0", page("working\n", 8))
        .on("GET /executions/t1-1-1/log?offset=8", page("", 8));

    assertThat(run("task", "create", "hello", "--wait")).isEqualTo(exit);
    assertThat(shell.out()).containsPattern("result +\\{\"ok\":true}");
    assertThat(shell.err()).contains("t1-1-1 on box: " + status).containsOnlyOnce("working");
  }

  @Test
  void aLogIsFollowedToItsEnd() {
    server
        .on("GET /executions/t1-1-1", 200, EXECUTION.formatted("Running"))
        .on("GET /executions/t1-1-1", 200, EXECUTION.formatted("Completed"))
        .on("GET /executions/t1-1-1/log?offset=0", page("one\n", 4))
        .on("GET /executions/t1-1-1/log?offset=4", page("", 4))
        .on("GET /executions/t1-1-1/log?offset=4", page("two\n", 8))
        .on("GET /executions/t1-1-1/log?offset=8", page("", 8));

    assertThat(run("execution", "log", "t1-1-1", "--follow")).isEqualTo(ExitCode.OK);
    assertThat(shell.out()).isEqualTo("one\ntwo\n");
  }

  @Test
  void aFileThatAnExecutionLeftIsSaved(@TempDir Path folder) throws IOException {
    server
        .on(
            "GET /executions/t1-1-1/artefacts",
            200,
            "{\"items\":[{\"name\":\"a/b c.txt\",\"size\":5,\"sha256\":\"ab\",\"attempt\":1}]}")
        .on("GET /executions/t1-1-1/artefacts/a%2Fb%20c.txt", 200, "hello");
    Path target = folder.resolve("saved");

    assertThat(run("execution", "artefacts", "t1-1-1")).isEqualTo(ExitCode.OK);
    assertThat(run("execution", "download", "t1-1-1", "a/b c.txt", "-o", target.toString()))
        .isEqualTo(ExitCode.OK);

    assertThat(shell.out()).contains("a/b c.txt");
    assertThat(target).hasContent("hello");
    assertThat(run("execution", "download", "t1-1-1", "a/..")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void listsAreTablesAndSayWhenThereIsMore() {
    server.on(
        "GET /tasks?limit=2&status=Active",
        200,
        """
        {"items":[{"id":"t2","name":"long.name","owner":"ALL","type":"Adhoc","status":"Active",
        "next_run_at":null,"created_at":"2026-11-23T15:04:05.123Z"},{"id":"t1"}],
        "next_cursor":"abc"}\
        """);

    assertThat(run("task", "list", "--limit", "2", "--status", "Active")).isEqualTo(ExitCode.OK);
    assertThat(shell.out().lines())
        .containsExactly(
            "ID  NAME       OWNER  TYPE   STATUS  NEXT_RUN_AT  CREATED_AT",
            "t2  long.name  ALL    Adhoc  Active  -            2026-11-23T15:04:05.123Z",
            "t1  -          -      -      -       -            -");
    assertThat(shell.err()).contains("--cursor abc");
  }

  @ParameterizedTest
  @CsvSource({
    "task run t1,               POST /tasks/t1/run",
    "task pause t1,             POST /tasks/t1/pause",
    "task resume t1,            POST /tasks/t1/resume",
    "task cancel t1,            POST /tasks/t1/cancel",
    "task delete t1,            DELETE /tasks/t1",
    "execution cancel t1-1-1,   POST /executions/t1-1-1/cancel",
    "execution retry t1-1-1,    POST /executions/t1-1-1/retry",
    "client drain box,          POST /clients/box/drain",
    "client resume box,         POST /clients/box/resume",
    "client forget box,         DELETE /clients/box",
    "plugin rollback hello,     POST /plugins/hello/rollback",
    "plugin delete hello,       DELETE /plugins/hello",
    "plugin delete a --force,   DELETE /plugins/a?force=true",
    "plugin versions hello,     GET /plugins/hello/versions",
    "plugin diff hello,         GET /plugins/hello/diff",
    "plugin diff hello 1 2,     GET /plugins/hello/diff?from=1&to=2",
    "plugin content hello,      GET /plugins/hello/content",
    "task show t1,              GET /tasks/t1",
    "task history t1,           GET /tasks/t1/history",
    "client show box,           GET /clients/box",
    "plugin show hello,         GET /plugins/hello",
    "execution list --client b, GET /executions?client=b",
    "client list,               GET /clients",
    "plugin list,               GET /plugins"
  })
  void everyCommandIsOneCall(String words, String call) {
    server.on(call, 200, "{\"items\":[]}");

    assertThat(run(words.split(" ", -1))).isEqualTo(ExitCode.OK);
    assertThat(server.lastCall().method() + " " + server.lastCall().uri()).isEqualTo(call);
    assertThat(server.lastCall().body()).isEmpty();
  }

  @Test
  void aPluginIsPushedUnderItsFilesName() throws IOException {
    server.on("PUT /plugins/hello?filename=hello.py", 201, "{\"name\":\"hello\",\"version\":2}");
    Path file = Files.writeString(folder.resolve("hello.py"), "def main(): return 1\n");

    assertThat(run("plugin", "push", file.toString())).isEqualTo(ExitCode.OK);
    assertThat(server.lastCall().body()).isEqualTo("def main(): return 1\n");
    assertThat(shell.out()).contains("Plugin hello version 2");
  }

  @Test
  void requirementsBesideThePluginGoWithIt() throws IOException {
    server.on("PUT /plugins/hello?filename=hello.py", 201, "{\"name\":\"hello\",\"version\":2}");
    Path file = Files.writeString(folder.resolve("hello.py"), "def main(): return 1\n");
    Files.writeString(folder.resolve("hello.requirements.txt"), "six\n");

    assertThat(run("plugin", "push", file.toString())).isEqualTo(ExitCode.OK);
    assertThat(server.lastCall().headers().get("Content-type"))
        .singleElement()
        .asString()
        .startsWith("multipart/form-data; boundary=");
    assertThat(server.lastCall().body())
        .contains("name=\"file\"", "\r\n\r\ndef main(): return 1\n\r\n")
        .contains("name=\"requirements\"", "\r\n\r\nsix\n\r\n");

    assertThat(run("plugin", "push", file.toString(), "--no-requirements")).isEqualTo(ExitCode.OK);
    assertThat(server.lastCall().body()).contains("name=\"requirements\"").doesNotContain("six");

    Path other = Files.writeString(folder.resolve("other.txt"), "rich\n");
    run("plugin", "push", file.toString(), "--requirements", other.toString());
    assertThat(server.lastCall().body()).contains("rich").doesNotContain("six");
    assertThat(run("plugin", "push", file.toString(), "--requirements", "x", "--no-requirements"))
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aPluginIsRolledBackToTheVersionThatIsNamed() {
    server.on("POST /plugins/hello/rollback", 200, "{\"name\":\"hello\",\"version\":\"1.0\"}");

    assertThat(run("plugin", "rollback", "hello", "1")).isEqualTo(ExitCode.OK);
    assertThat(server.lastCall().body()).isEqualTo("{\"version\":\"1\"}");
    assertThat(shell.out()).contains("Plugin hello version 1.0");
  }

  @Test
  void aPluginsFileIsWrittenWhereItIsWanted() throws IOException {
    server.on("GET /plugins/hello/content?version=1", 200, "def main(): pass\n");
    Path copy = folder.resolve("copy.py");

    assertThat(run("plugin", "content", "hello", "--version", "1", "-o", copy.toString()))
        .isEqualTo(ExitCode.OK);

    assertThat(copy).hasContent("def main(): pass\n");
    assertThat(run("plugin", "content", "hello", "--version", "1")).isEqualTo(ExitCode.OK);
    assertThat(shell.out()).contains("def main(): pass");
  }

  @Test
  void theTokenAndTheKeyTravelInTheirHeaders() {
    server.on("POST /tasks", 201, "{}");

    run("task", "create", "hello", "--token", "secret", "--idempotency-key", "k1");

    assertThat(server.lastCall().headers())
        .containsEntry("Authorization", List.of("Bearer secret"))
        .containsEntry("Idempotency-key", List.of("k1"));
  }

  @Test
  void aRefusalIsToldInTheServersWords() {
    server.on(
        "POST /tasks",
        400,
        "{\"title\":\"Bad Request\",\"detail\":\"The task is not valid\","
            + "\"errors\":[{\"field\":\"cron\",\"message\":\"has 4 fields\"}]}");

    assertThat(run("task", "create", "hello")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err())
        .isEqualToIgnoringNewLines("octopus: 400 The task is not valid; cron: has 4 fields");
  }

  @Test
  void anUnknownIdFails() {
    assertThat(run("task", "show", "t 1/x")).isEqualTo(ExitCode.FAILED);
    assertThat(server.lastCall().uri()).isEqualTo("/tasks/t%201%2Fx");
  }

  @Test
  void aServerThatIsNotThereIsNotReached() {
    server.close();

    assertThat(run("client", "list")).isEqualTo(ExitCode.NOT_REACHED);
    assertThat(shell.err()).contains("cannot reach " + server.address());
  }

  @Test
  void anUnreadyServerIsNotReached() {
    server.on("GET /clients", 503, "{\"title\":\"Service Unavailable\"}");

    assertThat(run("client", "list")).isEqualTo(ExitCode.NOT_REACHED);
    assertThat(shell.err()).contains("503 Service Unavailable");
  }

  @Test
  void anAddressThatIsNoneIsWrongUsage() {
    assertThat(shell.run("client", "list", "--server", "nowhere")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).contains("nowhere");
  }

  private int run(String... words) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--server";
    all[words.length + 1] = server.address();
    return shell.run(all);
  }

  private static LocalServer.Reply page(String text, long next) {
    return new LocalServer.Reply(
        200, text, Map.of("Content-Type", "text/plain", "X-Next-Offset", String.valueOf(next)));
  }
}

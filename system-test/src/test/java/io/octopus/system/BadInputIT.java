package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong requests get the right 4xx with a message that helps, and change nothing. */
class BadInputIT {
  @RegisterExtension static final Cluster cluster = Cluster.fresh();

  private Map<String, List<List<String>>> before = Map.of();

  @BeforeAll
  static void aCoordinatorWithOneTask() {
    cluster.coordinator();
    cluster.api().create(TaskRequest.of("hello").by("nobody-yet"));
    // why it waits is written a moment after it was accepted: from then on nothing changes by
    // itself
    Patience.within(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(cluster.database().column("SELECT reason FROM executions"))
                    .containsExactly("client_offline"));
    Patience.within(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(cluster.api().get("/plugins").expect(200).body())
                    .contains("\"hello\"")
                    .contains("\"create_incident\""));
  }

  @BeforeEach
  void rememberTheDatabase() {
    before = cluster.database().content();
  }

  @AfterEach
  void theDatabaseIsUnchanged() {
    assertThat(cluster.database().content()).isEqualTo(before);
  }

  static Stream<Arguments> invalidTasks() {
    return Stream.of(
        arguments("{\"owner\":", "", "JSON"),
        arguments("", "", ""),
        arguments("[]", "", "object"),
        arguments("\"hello\"", "", "object"),
        arguments("{\"owner\":\"Anyone\",\"plugin\":\"hello\"}}", "", ""),
        arguments("{\"owner\":\"Anyone\",\"owner\":\"ALL\",\"plugin\":\"hello\"}", "", "owner"),
        arguments("{\"plugin\":\"hello\"}", "owner", "required"),
        arguments("{\"owner\":\"Anyone\"}", "plugin", "required"),
        arguments(task("owner", "12"), "owner", ""),
        arguments(task("owner", "\"\""), "owner", ""),
        arguments(task("owner", "\"  \""), "owner", ""),
        arguments(task("owner", "\"a\\nb\""), "owner", ""),
        arguments(task("plugin", "{}"), "plugin", ""),
        arguments(task("plugin", "\"no_such_plugin\""), "plugin", "no_such_plugin"),
        arguments(task("plugin", "\"../hello\""), "plugin", "../hello"),
        arguments(task("action", "\"no_such_action\""), "action", "no_such_action"),
        arguments(task("action", "7"), "action", ""),
        arguments(task("args", "\"P1\""), "args", ""),
        arguments(task("args", "{\"a\":1}"), "args", ""),
        arguments(task("kwargs", "[1]"), "kwargs", ""),
        arguments(task("type", "\"Sometimes\""), "type", "Sometimes"),
        arguments(task("timeout", "-5"), "timeout", "-5"),
        arguments(task("timeout", "\"soon\""), "timeout", "soon"),
        arguments(task("retry", "{\"max_attempts\":0}"), "retry.max_attempts", "0"),
        arguments(task("retry", "{\"max_attempts\":\"many\"}"), "retry.max_attempts", "many"),
        arguments(task("retry", "{\"max_atempts\":2}"), "retry.max_atempts", "max_attempts"),
        arguments(task("labels", "[\"os\"]"), "labels", ""),
        arguments(task("execution_start_time", "\"tomorrow\""), "execution_start_time", "tomorrow"),
        arguments(task("ownr", "\"ALL\""), "ownr", "owner"),
        arguments(task("name", "null,\"pluginn\":\"x\""), "pluginn", "plugin"));
  }

  private static String task(String field, String value) {
    String owner = field.equals("owner") ? value : "\"Anyone\"";
    String plugin = field.equals("plugin") ? value : "\"hello\"";
    String more =
        field.equals("owner") || field.equals("plugin") ? "" : ",\"" + field + "\":" + value;
    return "{\"owner\":" + owner + ",\"plugin\":" + plugin + more + "}";
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("invalidTasks")
  void anInvalidTaskIs400NamingFieldAndRule(String body, String field, String said) {
    var answer = cluster.api().wrong("POST", "/tasks", "application/json", body).expect(400);

    assertProblem(answer, 400);
    if (!field.isEmpty()) {
      assertThat(answer.json().path("errors").findValuesAsText("field")).contains(field);
    }
    assertThat(answer.body()).contains(said);
  }

  @Test
  void aBodyOfTwoMegabytesIs413() {
    String body = task("args", "[\"" + "x".repeat(2 << 20) + "\"]");

    assertProblem(cluster.api().wrong("POST", "/tasks", "application/json", body), 413);
  }

  @Test
  void deeplyNestedJsonIsRefused() {
    String body = task("args", "[".repeat(50_000) + "]".repeat(50_000));

    assertProblem(cluster.api().wrong("POST", "/tasks", "application/json", body), 400);
  }

  @Test
  void theWrongMethodIs405AndNamesTheRightOnes() {
    var answer = cluster.api().unchecked("PATCH", "/tasks");

    assertProblem(answer, 405);
    assertThat(answer.header("Allow"))
        .hasValueSatisfying(allow -> assertThat(allow).contains("GET").contains("POST"));
  }

  static Stream<Arguments> unknownIds() {
    return Stream.of(
        arguments("GET", "/tasks/no-such-task"),
        arguments("DELETE", "/tasks/no-such-task"),
        arguments("POST", "/tasks/no-such-task/run"),
        arguments("POST", "/tasks/no-such-task/cancel"),
        arguments("GET", "/runs/no-such-task-1"),
        arguments("GET", "/executions/no-such-task-1-1"),
        arguments("GET", "/executions/no-such-task-1-1/log"),
        arguments("POST", "/executions/no-such-task-1-1/cancel"),
        arguments("POST", "/executions/no-such-task-1-1/retry"),
        arguments("GET", "/clients/no-such-client"),
        arguments("GET", "/plugins/no_such_plugin"),
        arguments("GET", "/no/such/path"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("unknownIds")
  void anUnknownIdIs404(String method, String path) {
    var answer = cluster.api().unchecked(method, path);

    assertProblem(answer, 404);
  }

  @Test
  void anotherContentTypeIs415() {
    String body = task("name", "\"x\"");

    assertProblem(cluster.api().wrong("POST", "/tasks", "text/plain", body), 415);
    assertProblem(
        cluster.api().wrong("POST", "/tasks", "application/x-www-form-urlencoded", body), 415);
  }

  @Test
  void aForeignHostIsRefused() {
    var answer =
        cluster
            .api()
            .wrong(
                "POST",
                "/tasks",
                "application/json",
                task("name", "\"x\""),
                request -> request.setHeader("Host", "evil.example:" + cluster.port()));

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body()).contains("evil.example");
  }

  @Test
  void aCrossSiteOriginIs403() {
    var answer =
        cluster
            .api()
            .wrong(
                "POST",
                "/tasks",
                "application/json",
                task("name", "\"x\""),
                request -> request.setHeader("Origin", "http://evil.example"));

    assertProblem(answer, 403);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badQueries")
  void aBadQueryIs400(String path, String parameter) {
    var answer = cluster.api().wrong("GET", path, "", "");

    assertProblem(answer, 400);
    assertThat(answer.body()).contains(parameter);
  }

  static Stream<Arguments> badQueries() {
    return Stream.of(
        arguments("/tasks?limit=0", "limit"),
        arguments("/tasks?limit=many", "limit"),
        arguments("/tasks?limit=501", "limit"),
        arguments("/tasks?cursor=%00garbage", "cursor"),
        arguments("/tasks?status=Sleeping", "status"));
  }

  private static void assertProblem(Answer answer, int status) {
    answer.expect(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("detail").asText()).isNotBlank();
    assertThat(problem.path("request_id").asText()).isNotBlank();
  }
}

package io.octopus.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.octopus.coordinator.http.ContractClient.Answer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a request is said by name, and no task hears of it. */
class BadInputTest {
  private static final ApiServer SERVER = new ApiServer();
  private static final ContractClient API = SERVER.client();
  private static final String START = "execution_start_time";
  private static final String END = "execution_end_time";

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @AfterEach
  void noTaskWasAsked() {
    assertThat(SERVER.tasks.asked).isEmpty();
  }

  static Stream<Arguments> wrongFields() {
    return Stream.of(
        arguments("{\"plugin\":\"hello\"}", "owner", "required"),
        arguments("{\"owner\":\"ALL\"}", "plugin", "required"),
        arguments(with("owner", "12"), "owner", "12 must be a text"),
        arguments(with("owner", "\" \""), "owner", "1 to 128"),
        arguments(with("owner", "\"a\\nb\""), "owner", "one line"),
        arguments(with("owner", "\"a/b\""), "owner", "letters, digits"),
        arguments(with("plugin", "\"helo\""), "plugin", "the nearest are hello"),
        arguments(with("plugin", "\"../hello\""), "plugin", "../hello"),
        arguments(with("plugin", "\"shattered\""), "plugin", "invalid syntax"),
        arguments(with("action", "\"shuot\""), "action", "shout"),
        arguments(with("action", "7"), "action", "7 must be a text"),
        arguments(with("args", "\"P1\""), "args", "must be an array"),
        arguments(with("args", "{}"), "args", "must be an array"),
        arguments(with("kwargs", "[1]"), "kwargs", "must be an object"),
        arguments(with("type", "\"Sometimes\""), "type", "Adhoc, Scheduled, Interval or Recurring"),
        arguments(with("type", "\"Interval\""), "interval", "such as \"5m\""),
        arguments(with("type", "\"RECURRING\""), "interval", "is required"),
        arguments(with("type", "\"scheduled\""), "type", "30 2 * * *"),
        arguments(with("cron", "\"* * * * *\""), "cron", "needs the type Scheduled"),
        arguments(with("interval", "60"), "interval", "needs the type Interval"),
        arguments(with("interval_mode", "\"fixed_rate\""), "interval_mode", "type Interval"),
        arguments(interval("0"), "interval", "0 must be within 1.0s"),
        arguments(interval("-60"), "interval", "-60 must be within"),
        arguments(interval("0.5"), "interval", "0.5 must be within"),
        arguments(interval("\"often\""), "interval", "must be a number of seconds"),
        arguments(interval("60,\"cron\":\"@daily\""), "interval", "cannot go with cron"),
        arguments(interval("60,\"interval_mode\":\"fast\""), "interval_mode", "fixed_delay"),
        arguments(interval("60,\"execution_end_time\":\"2020-01-01T00:00Z\""), END, "no fire time"),
        arguments(cron("61 * * * *"), "cron", "61 in minute must be 0-59"),
        arguments(cron("* * * *"), "cron", "has 4 fields"),
        arguments(cron("0 0 30 2 *"), "cron", "no fire time ahead"),
        arguments(
            cron("@daily\",\"time_zone\":\"Berlin"), "time_zone", "did you mean Europe/Berlin?"),
        arguments(
            cron("@daily\",\"time_zone\":\"Europe/Berlim"), "time_zone", "mean Europe/Berlin?"),
        arguments(cron("@daily\",\"interval_mode\":\"fixed_rate"), "interval_mode", "Interval"),
        arguments(
            cron(
                "@daily\",\"execution_start_time\":\"2027-01-02T00:00Z\","
                    + "\"execution_end_time\":\"2027-01-01T00:00Z"),
            END,
            "is before"),
        arguments(with("overlap", "\"twice\""), "overlap", "queue_one, allow or cancel_previous"),
        arguments(with("misfire", "1"), "misfire", "1 must be a text"),
        arguments(with("max_concurrent_runs", "0"), "max_concurrent_runs", "within 1 and 1000"),
        arguments(with("timeout", "-5"), "timeout", "-5 must be within"),
        arguments(with("timeout", "0"), "timeout", "0 must be within"),
        arguments(with("timeout", "1e300"), "timeout", "must be a number of seconds"),
        arguments(with("timeout", "\"soon\""), "timeout", "\"soon\" must be a number of seconds"),
        arguments(with("timeout", "true"), "timeout", "true must be"),
        arguments(with("timeout", "\"31d\""), "timeout", "30d"),
        arguments(with("expires_after", "\"P2Y\""), "expires_after", "P2Y"),
        arguments(with("retry", "3"), "retry", "3 must be an object"),
        arguments(with("retry", "{\"max_attempts\":0}"), "retry.max_attempts", "within 1 and 100"),
        arguments(with("retry", "{\"max_attempts\":1.5}"), "retry.max_attempts", "whole number"),
        arguments(with("retry", "{\"max_atempts\":2}"), "retry.max_atempts", "max_attempts?"),
        arguments(with("retry", "{\"jitter\":2}"), "retry.jitter", "within 0.0 and 1.0"),
        arguments(with("retry", "{\"on_lost\":\"no\"}"), "retry.on_lost", "true or false"),
        arguments(with("labels", "[\"os\"]"), "labels", "must be an object"),
        arguments(with("labels", "{\"os\":1}"), "labels.os", "1 must be a text"),
        arguments(
            "{\"owner\":\"box\",\"plugin\":\"hello\",\"labels\":{\"os\":\"mac\"}}",
            "labels",
            "the client box"),
        arguments(with("execution_start_time", "\"tomorrow\""), START, "2026-11-23T15:04:05+01:00"),
        arguments(with("execution_start_time", "\"2026-02-30T10:00Z\""), START, "must be a time"),
        arguments(with("execution_start_time", "1700000000"), START, "1700000000 must be a time"),
        arguments(with("execution_end_time", "\"12026-02-03T10:00Z\""), END, "1970 to 9999"),
        arguments(with("name", "\"a\\tb\\nc\""), "name", "one line"),
        arguments(with("name", "\"" + "x".repeat(201) + "\""), "name", "201 characters"),
        arguments(with("description", "\"a\\u0000\""), "description", "control characters"),
        arguments(with("ownr", "\"ALL\""), "ownr", "did you mean owner?"),
        arguments(with("status", "\"Active\""), "status", "is not a field"));
  }

  private static String interval(String value) {
    return with("type", "\"Interval\",\"interval\":" + value);
  }

  private static String cron(String expression) {
    return with("type", "\"Scheduled\",\"cron\":\"" + expression + "\"");
  }

  private static String with(String field, String value) {
    String owner = field.equals("owner") ? "" : ",\"owner\":\"Anyone\"";
    String plugin = field.equals("plugin") ? "" : ",\"plugin\":\"hello\"";
    return "{\"" + field + "\":" + value + owner + plugin + "}";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongFields")
  void aWrongFieldIsNamedWithItsValueAndItsRule(String body, String field, String said) {
    Answer answer = API.wrong("POST", "/tasks", body, "Content-Type", "application/json");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(answer.json().path("errors").get(0).path("message").asText()).contains(said);
    assertThat(answer.json().path("detail").asText()).startsWith(field);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    Answer answer =
        API.wrong(
            "PUT",
            "/tasks/t1",
            "{\"args\":1,\"kwargs\":2,\"retry\":{\"delay\":\"x\"},\"color\":3}",
            "Content-Type",
            "application/json");

    assertThat(answer.fields())
        .containsExactlyInAnyOrder("owner", "plugin", "args", "kwargs", "retry.delay", "color");
    assertThat(answer.json().path("detail").asText()).contains("(and 5 more)");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"owner":                            | line 1, column
          {"owner":"ALL","owner":"ALL"}        | owner
          {"owner":"ALL"}}                     | line 1, column 16
          {'owner':1}                          | line 1, column 2
          ''                                   | empty
          """,
      quoteCharacter = '~')
  void malformedJsonIsRefusedWithItsPlace(String body, String said) {
    Answer answer =
        API.wrong(
            "POST", "/tasks", body.equals("''") ? "" : body, "Content-Type", "application/json");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("title").asText()).isEqualTo("Malformed JSON");
    assertThat(answer.json().path("detail").asText()).contains(said);
  }

  @ParameterizedTest
  @CsvSource({"[]", "3", "null", "'\"hello\"'"})
  void aBodyThatIsNoObjectIsRefused(String body) {
    Answer answer = API.wrong("POST", "/tasks", body, "Content-Type", "application/json");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains("must be a JSON object");
  }

  @Test
  void jsonThatIsNestedTooDeeplyIsRefused() {
    String deep = with("args", "[".repeat(50_000) + "]".repeat(50_000));

    Answer answer = API.wrong("POST", "/tasks", deep, "Content-Type", "application/json");

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void aBodyAboveOneMebibyteIsRefusedAlsoWhenItsLengthIsNotSaid() {
    String large = with("args", "[\"" + "x".repeat(2 << 20) + "\"]");

    Answer answer = API.wrong("POST", "/tasks", large, "Content-Type", "application/json");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().path("detail").asText()).contains("1048576");
    assertThat(API.chunked("/tasks", large).status()).isEqualTo(413);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/tasks?limit=0, limit",
    "/tasks?limit=many, limit",
    "/tasks?limit=501, limit",
    "/tasks?limit=1&limit=2, limit",
    "/tasks?cursor=%00garbage, cursor",
    "/tasks/t1/history?limit=0, limit",
    "/tasks/t1/history?cursor=MjAyNi0xMS0yM1QxNTowNDowNS4xMjNafHQx, cursor",
    "/tasks/t1/history?since=now, since",
    "/tasks?status=Sleeping, status",
    "/tasks?type=Never, type",
    "/tasks?stauts=Active, stauts",
    "/runs?status=TimedOut, status",
    "/executions?since=yesterday, since",
    "/executions/t1-1-1/log?offset=-1, offset",
    "/executions/t1-1-1/log?limit=9999999, limit",
    "/executions/t1-1-1/log?format=xml, format",
    "/executions/t1-1-1/log?format=json&tail=3, tail",
    "/executions/t1-1-1/artefacts?limit=3, limit",
    "/executions/t1-1-1/log?tail=3&offset=3, tail",
    "/clients?limit=x, limit",
    "/plugins?cursor=%C3%A9, cursor"
  })
  void aWrongParameterIsNamed(String path, String parameter) {
    Answer answer = API.wrong("GET", path, "");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly(parameter);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /tasks/no-such-task",
    "GET, /tasks/t2",
    "DELETE, /tasks/t2",
    "POST, /tasks/t2/run",
    "POST, /tasks/no-such-task/cancel",
    "GET, /runs/no-such-task-1",
    "GET, /runs/t1-2",
    "POST, /runs/t1-2/cancel",
    "POST, /runs/t1-2/retry",
    "GET, /executions/no-such-task-1-1",
    "GET, /executions/t1-1-2",
    "GET, /executions/t1-1-2/log",
    "GET, /executions/t1-1-2/log/stream",
    "POST, /executions/t1-1-2/cancel",
    "POST, /executions/t1-1-2/retry",
    "GET, /clients/omega",
    "GET, /clients/Anyone",
    "GET, /plugins/no_such_plugin",
    "GET, /no/such/path",
    "POST, /no/such/path",
    "POST, /tasks/t1/preview",
    "GET, /tasks/"
  })
  void whatIsNotThereIs404(String method, String path) {
    Answer answer = API.unchecked(method, path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("request_id").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'a key'", "''"})
  void anIdempotencyKeyIsVisibleAscii(String key) {
    String usable = key.isEmpty() ? "x".repeat(256) : key;

    Answer answer =
        API.wrong(
            "POST",
            "/tasks",
            with("name", "\"x\""),
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            usable);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly("Idempotency-Key");
  }
}

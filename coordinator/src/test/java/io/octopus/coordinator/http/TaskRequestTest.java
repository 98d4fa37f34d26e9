package io.octopus.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.RetryPolicy;
import io.octopus.coordinator.task.Schedule;
import io.octopus.coordinator.task.TaskDefinition;
import io.octopus.protocol.WorkerName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskRequestTest {
  private final TaskRequest requests =
      new TaskRequest(new FakePlugins(), new TaskDefaults(5, Duration.ofMinutes(10)));

  private TaskDefinition read(String body) {
    return requests.read(SampleRows.json(body));
  }

  @Test
  void whatIsNotSaidHasItsDefault() {
    TaskDefinition task = read("{\"owner\":\"anyone\",\"plugin\":\"hello\"}");

    assertThat(task)
        .isEqualTo(
            new TaskDefinition(
                "hello.main",
                null,
                new Owner.Anyone(),
                "hello",
                "main",
                "[]",
                "{}",
                Schedule.once(null),
                Duration.ofMinutes(10),
                new RetryPolicy(5, Duration.ofSeconds(2), 2.0, Duration.ofMinutes(5), 0.2, true),
                Duration.ofDays(7),
                Map.of()));
  }

  @Test
  void whatIsSaidIsTaken() {
    TaskDefinition task =
        read(
            """
            {"name":"Nightly","description":"two\\nlines","owner":"ALL","plugin":"hello",
             "action":"shout","args":[1.50,{"a":null}],"kwargs":{"who":"you"},"type":"ADHOC",
             "execution_start_time":"2026-11-23T15:04:05+01:00","timeout":"60",
             "retry":{"max_attempts":1,"delay":0,"multiplier":1.5,"max_delay":"1h","jitter":0,
             "on_lost":false},"expires_after":"2h","labels":{"os":"windows"},
             "cron":null,"interval":null}
            """);

    assertThat(task.args()).isEqualTo("[1.50,{\"a\":null}]");
    assertThat(task.kwargs()).isEqualTo("{\"who\":\"you\"}");
    assertThat(task.schedule().startAt()).isEqualTo(Instant.parse("2026-11-23T14:04:05Z"));
    assertThat(task.timeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(task.retry())
        .isEqualTo(new RetryPolicy(1, Duration.ZERO, 1.5, Duration.ofHours(1), 0.0, false));
    assertThat(task.expiresAfter()).isEqualTo(Duration.ofHours(2));
    assertThat(task.labels()).containsExactly(Map.entry("os", "windows"));
    assertThat(task.owner()).isEqualTo(new Owner.All());
  }

  @Test
  void aPluginWithoutMainRunsItsRun() {
    assertThat(read("{\"owner\":\"ALL\",\"plugin\":\"create_incident\"}").action())
        .isEqualTo("run");
  }

  @Test
  void aPluginThatListsNoActionsTakesAny() {
    assertThat(read("{\"owner\":\"ALL\",\"plugin\":\"tidy\",\"action\":\"all\"}").action())
        .isEqualTo("all");
  }

  @Test
  void aClientsNameIsAnOwner() {
    assertThat(read("{\"owner\":\"PC-7.lan\",\"plugin\":\"hello\"}").owner())
        .isEqualTo(new Owner.Named(new WorkerName("PC-7.lan")));
  }

  @ParameterizedTest
  @CsvSource({
    "90s, PT90S",
    "5m, PT5M",
    "2h, PT2H",
    "1d, PT24H",
    "PT5M, PT5M",
    "P1D, PT24H",
    "60, PT60S",
    "1.5s, PT1.5S",
    "250ms, PT0.25S",
    "'10 M', PT10M"
  })
  void durationsAreReadInTheirSpellings(String text, Duration expected) {
    assertThat(DurationText.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"onwer, owner", "kwarg, kwargs", "Timeout, timeout", "maxattempts, max_attempts"})
  void theNearestNameIsFound(String typed, String meant) {
    assertThat(Nearest.to(typed, java.util.Set.of("owner", "kwargs", "timeout", "max_attempts")))
        .contains(meant);
  }

  @Test
  void aNameThatResemblesNoneHasNoNearest() {
    assertThat(Nearest.to("color", java.util.Set.of("owner", "plugin"))).isEmpty();
  }

  @Test
  void idsOfKeysAreTheSameEverywhereAndFreshOnesDiffer() {
    TaskIds ids = new TaskIds(new java.util.Random(1));

    assertThat(TaskIds.ofKey("a").value()).matches("k[a-z2-7]{32}");
    assertThat(TaskIds.ofKey("a")).isEqualTo(TaskIds.ofKey("a")).isNotEqualTo(TaskIds.ofKey("b"));
    assertThat(ids.fresh().value()).matches("t[a-z2-7]{16}");
    assertThat(ids.fresh()).isNotEqualTo(ids.fresh());
  }
}

package io.octopus.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.task.MisfirePolicy;
import io.octopus.coordinator.task.OverlapPolicy;
import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.RetryPolicy;
import io.octopus.coordinator.task.Schedule;
import io.octopus.coordinator.task.TaskDefinition;
import io.octopus.coordinator.task.Trigger;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskRequestTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final TaskRequest requests =
      new TaskRequest(
          new FakePlugins(),
          new TaskDefaults(5, Duration.ofMinutes(10), BERLIN),
          InstantSource.fixed(Instant.parse("2026-11-23T15:04:05Z")));

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

  private Schedule schedule(String fields) {
    return read("{\"owner\":\"ALL\",\"plugin\":\"hello\"," + fields + "}").schedule();
  }

  @Nested
  class OfSchedules {

    @Test
    void cronIsMeantInItsZone() {
      assertThat(
              schedule(
                  """
                  "type":"scheduled","cron":" 30 2 * * MON ","time_zone":"america/new_york",
                  "execution_start_time":"2027-01-01 00:00","execution_end_time":"2027-06-01T12:00:00",
                  "overlap":"QUEUE_ONE","misfire":"fire_all","max_concurrent_runs":3
                  """))
          .isEqualTo(
              new Schedule(
                  new Trigger.Cron("30 2 * * MON", ZoneId.of("America/New_York")),
                  Instant.parse("2027-01-01T05:00:00Z"),
                  Instant.parse("2027-06-01T16:00:00Z"),
                  OverlapPolicy.QUEUE_ONE,
                  MisfirePolicy.FIRE_ALL,
                  3));
    }

    @Test
    void cronWithoutAZoneIsMeantInTheCoordinatorsOwn() {
      assertThat(schedule("\"type\":\"Scheduled\",\"cron\":\"@daily\"").trigger())
          .isEqualTo(new Trigger.Cron("@daily", BERLIN));
    }

    @Test
    void scheduledWithAStartFiresOnce() {
      assertThat(schedule("\"type\":\"Scheduled\",\"execution_start_time\":\"2027-01-01T10:00\""))
          .extracting(Schedule::trigger, Schedule::startAt)
          .containsExactly(new Trigger.Once(true), Instant.parse("2027-01-01T09:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"Interval", "Recurring", "scheduled", "RECURRING"})
    void anIntervalIsOneWhateverItIsCalled(String type) {
      assertThat(schedule("\"type\":\"%s\",\"interval\":\"60\"".formatted(type)).trigger())
          .isEqualTo(new Trigger.Interval(Duration.ofMinutes(1), Trigger.IntervalMode.FIXED_RATE));
    }

    @Test
    void anIntervalMayCountFromTheEnd() {
      assertThat(
              schedule("\"type\":\"Interval\",\"interval\":1,\"interval_mode\":\"fixed_delay\"")
                  .trigger())
          .isEqualTo(new Trigger.Interval(Duration.ofSeconds(1), Trigger.IntervalMode.FIXED_DELAY));
    }

    @Test
    void whatIsRecurringWaitsUntilItsNextTime() {
      assertThat(
              read("""
              {"owner":"ALL","plugin":"hello","type":"Interval","interval":"5m"}
              """)
                  .expiresAfter())
          .isNull();
    }

    @ParameterizedTest
    @CsvSource({
      "2027-01-01T10:00, 2027-01-01T09:00:00Z",
      "2027-01-01 10:00:00, 2027-01-01T09:00:00Z",
      "2027-01-01T10:00:00.25, 2027-01-01T09:00:00.250Z",
      "2027-01-01T10:00:00+0100, 2027-01-01T09:00:00Z",
      "2027-01-01T10:00+01, 2027-01-01T09:00:00Z",
      "2027-01-01T10:00:00.123456Z, 2027-01-01T10:00:00.123Z",
      "2027-03-28T02:30, 2027-03-28T01:00:00Z",
      "2026-10-25T02:30, 2026-10-25T00:30:00Z"
    })
    void timesAreReadInTheirSpellings(String text, Instant expected) {
      assertThat(schedule("\"execution_start_time\":\"%s\"".formatted(text)).startAt())
          .isEqualTo(expected);
    }
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
    List<TaskId> named = new ArrayList<>();
    TaskIds ids = new TaskIds(new java.util.Random(1), named::add);

    assertThat(TaskIds.ofKey("a").value()).matches("k[a-z2-7]{32}");
    assertThat(TaskIds.ofKey("a")).isEqualTo(TaskIds.ofKey("a")).isNotEqualTo(TaskIds.ofKey("b"));
    assertThat(ids.fresh().value()).matches("t[a-z2-7]{16}");
    assertThat(ids.fresh()).isNotEqualTo(ids.fresh());
    assertThat(named).hasSize(3).doesNotHaveDuplicates();
  }
}

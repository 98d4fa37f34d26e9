package io.octopus.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.octopus.coordinator.http.ContractClient.Answer;
import io.octopus.coordinator.task.FleetView.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A preview says when, whom and what may surprise, and creates nothing. */
class PreviewTest {
  private static final ApiServer SERVER = new ApiServer();
  private static final ContractClient API = SERVER.client();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @BeforeEach
  void usualFleet() {
    SERVER.fleet.clients = new FakeFleet().clients();
  }

  @AfterEach
  void noTaskWasAsked() {
    assertThat(SERVER.tasks.asked).isEmpty();
  }

  private static JsonNode preview(String owner, String fields) {
    Answer answer =
        API.post(
            "/tasks/preview",
            "{\"owner\":\"%s\",\"plugin\":\"hello\"%s}"
                .formatted(owner, fields.isEmpty() ? "" : "," + fields));
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> texts(JsonNode json, String field) {
    List<String> texts = new ArrayList<>();
    json.path(field).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<String> warnings(String owner, String fields) {
    return texts(preview(owner, fields), "warnings");
  }

  @Test
  void theNextFiveTimesAreSaidInWordsAndUtc() {
    JsonNode preview = preview("ALL", "\"type\":\"Scheduled\",\"cron\":\"30 2 * * MON\"");

    assertThat(preview.path("description").asText()).isEqualTo("At 02:30 on Monday, Europe/Berlin");
    assertThat(texts(preview, "next_fire_times"))
        .containsExactly(
            "2026-11-30T01:30:00Z",
            "2026-12-07T01:30:00Z",
            "2026-12-14T01:30:00Z",
            "2026-12-21T01:30:00Z",
            "2026-12-28T01:30:00Z");
    assertThat(texts(preview, "warnings")).isEmpty();
  }

  @Test
  void allReachesWhoTakesWorkAndNamesWhoDoesNot() {
    JsonNode preview = preview("ALL", "");

    assertThat(preview.path("description").asText()).isEqualTo("Once, now");
    assertThat(texts(preview, "next_fire_times")).containsExactly("2026-11-23T15:04:05Z");
    assertThat(texts(preview, "targets")).containsExactly("alpha");
    assertThat(preview.path("skipped").toString())
        .isEqualTo(
            "[{\"client\":\"beta\",\"reason\":\"draining\"},"
                + "{\"client\":\"gamma\",\"reason\":\"client_offline\"}]");
  }

  @Test
  void anyoneIsOneThatIsChosenLater() {
    assertThat(texts(preview("anyone", ""), "targets")).containsExactly("Anyone");
  }

  @Test
  void aClientThatWasNeverSeenIsAWarning() {
    JsonNode preview = preview("omega", "");

    assertThat(texts(preview, "targets")).containsExactly("omega");
    assertThat(texts(preview, "warnings"))
        .containsExactly("No client omega has been seen yet: it waits until there is one.");
  }

  @Test
  void aClientThatIsAwayIsAWarning() {
    assertThat(warnings("gamma", ""))
        .containsExactly("Client gamma takes no work now: it waits until it does.");
    assertThat(warnings("alpha", "")).isEmpty();
  }

  @Test
  void nobodyToRunItIsAWarning() {
    SERVER.fleet.clients = List.of(FakeFleet.client("gamma", Status.IDLE, false));

    assertThat(warnings("ALL", ""))
        .containsExactly("No client takes work now: a run that finds none fails.");
    assertThat(warnings("Anyone", "\"labels\":{\"os\":\"mac\"}"))
        .containsExactly("No client with these labels takes work now: it waits until one does.");
  }

  @Test
  void changesOfClocksWithinAYearAreWarnings() {
    assertThat(warnings("ALL", "\"type\":\"Scheduled\",\"cron\":\"30 2 * * *\""))
        .containsExactly(
            "2027-03-28 02:30 does not exist in Europe/Berlin, where clocks go forward: it fires at"
                + " 03:00 instead.",
            "2027-10-31 02:30 comes twice in Europe/Berlin, where clocks go back: it fires at the"
                + " first only.");
    assertThat(warnings("ALL", "\"type\":\"Scheduled\",\"cron\":\"30 * * * *\"")).isEmpty();
    assertThat(warnings("ALL", "\"type\":\"Scheduled\",\"cron\":\"30 3 * * *\"")).isEmpty();
  }

  @Test
  void whatNeverFiresIsAWarningHere() {
    JsonNode preview = preview("ALL", "\"type\":\"Scheduled\",\"cron\":\"0 0 30 2 *\"");

    assertThat(texts(preview, "next_fire_times")).isEmpty();
    assertThat(texts(preview, "warnings")).containsExactly("There is no fire time ahead.");
  }

  @Test
  void eitherDayIsAWarning() {
    assertThat(warnings("ALL", "\"type\":\"Scheduled\",\"cron\":\"0 9 13 * FRI\""))
        .singleElement()
        .asString()
        .contains("days that match either");
  }

  @Test
  void aStartThatIsPastIsAWarning() {
    assertThat(warnings("ALL", "\"execution_start_time\":\"2026-11-23T15:00:00Z\""))
        .containsExactly("The start time is past: it runs at once, to catch up.");
    assertThat(
            warnings(
                "ALL", "\"execution_start_time\":\"2026-11-23T15:00:00Z\",\"misfire\":\"skip\""))
        .singleElement()
        .asString()
        .contains("may not run at all");
  }

  @Test
  void aFastIntervalIsAWarningUnlessOverlapIsAllowed() {
    assertThat(warnings("ALL", "\"type\":\"Interval\",\"interval\":10"))
        .singleElement()
        .asString()
        .contains("more often than every minute");
    assertThat(warnings("ALL", "\"type\":\"Interval\",\"interval\":10,\"overlap\":\"allow\""))
        .isEmpty();
  }

  @Test
  void whatIsNoTaskIsRefusedAsWhenItIsCreated() {
    Answer answer =
        API.wrong(
            "POST",
            "/tasks/preview",
            "{\"owner\":\"ALL\",\"plugin\":\"helo\",\"type\":\"Scheduled\",\"cron\":\"61 * * *"
                + " *\"}",
            "Content-Type",
            "application/json");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactlyInAnyOrder("plugin", "cron");
  }
}

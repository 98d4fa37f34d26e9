package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins change, misbehave and break, and nobody restarts anything. */
@ExtendWith(StandingCluster.class)
class PluginIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private static final Cluster cluster = StandingCluster.get();

  @Test
  void anEditedFileRunsInItsNewVersionOnEveryWorker() throws IOException {
    var file = cluster.plugins().resolve("edited.py");
    for (String version : new String[] {"one", "two", "three"}) {
      Files.writeString(file, saying(version));
      String sha256 = Sha256.of(saying(version));
      Patience.within(SOON)
          .untilAsserted(
              () -> assertThat(cluster.api().get("/plugins").expect(200).body()).contains(sha256));

      assertEveryWorkerSays("edited", version);
    }
  }

  @Test
  void aPushedPluginRunsAtOnceAndAPushedChangeToo() {
    cluster.api().push("pushed", saying("first")).expect(201);
    assertEveryWorkerSays("pushed", "first");

    cluster.api().push("pushed", saying("second")).expect(200);
    assertEveryWorkerSays("pushed", "second");

    assertThat(cluster.api().get("/plugins/pushed").expect(200).json().path("sha256").asText())
        .isEqualTo(Sha256.of(saying("second")));
  }

  @Test
  void aBrokenPushIsRefusedAndTheGoodVersionServes() {
    cluster.api().push("solid", saying("good")).expect(201);

    cluster.api().push("solid", "def main(:\n").expect(400);

    assertEveryWorkerSays("solid", "good");
  }

  @Test
  void theMetadataIsReadFromTheFile() {
    var plugin = cluster.api().get("/plugins/ledger").expect(200).json();

    assertThat(plugin.path("version").asText()).isEqualTo("1.0");
    assertThat(plugin.path("description").asText()).contains("Writes down when");
    assertThat(plugin.path("actions").findValuesAsText("name"))
        .contains("main", "fail_until")
        .doesNotContain("_note");
  }

  @ParameterizedTest
  @CsvSource({
    "throws, Failed, exception",
    "exits, Failed, exit_code",
    "crashes, Failed, exit_code",
    "vanishes, Failed, exit_code",
    "says_failed, Failed, null",
    "fine, Completed, null",
    "garbage, Completed, null",
    "not_json, Completed, null",
    "nothing, Completed, null",
    "waits, Completed, null"
  })
  void whateverAPluginDoesEndsAsPromisedAndTheNextOneRuns(
      String action, String status, String reason) {
    var task = cluster.api().create(trouble(action));

    cluster.awaitTask(task, status, SOON);

    var execution = cluster.api().onlyExecution(task);
    assertThat(execution.status()).isEqualTo(status);
    if (!reason.equals("null")) {
      assertThat(execution.reason()).isEqualTo(reason);
    }
    var next = cluster.api().create(trouble("fine"));
    cluster.awaitTask(next, "Completed", SOON);
  }

  @Test
  void anExceptionIsShownWithTypeMessageAndTraceback() {
    var task = cluster.api().create(trouble("throws"));

    cluster.awaitTask(task, "Failed", SOON);

    var error = cluster.api().onlyExecution(task).json().path("error");
    assertThat(error.path("type").asText()).isEqualTo("ValueError");
    assertThat(error.path("message").asText()).isEqualTo("the disk is not made of cheese");
    assertThat(error.path("traceback").asText()).contains("trouble.py").contains("throws");
  }

  @Test
  void garbageOnStdoutIsLogAndNoResult() {
    var task = cluster.api().create(trouble("garbage"));

    cluster.awaitTask(task, "Completed", SOON);

    var execution = cluster.api().onlyExecution(task);
    assertThat(execution.result().path("garbage").asText()).isEqualTo("printed");
    assertThat(cluster.api().get("/executions/" + execution.id() + "/log").expect(200).body())
        .contains("{\"status\": \"failed\", \"result\": 42}");
  }

  @Test
  void whatIsNotJsonCompletesAsItsText() {
    var task = cluster.api().create(trouble("not_json"));

    cluster.awaitTask(task, "Completed", SOON);

    assertThat(cluster.api().onlyExecution(task).result().asText()).contains("class 'object'");
  }

  @Test
  void aFailureThatThePluginReportsCarriesItsMessage() {
    var task = cluster.api().create(trouble("says_failed"));

    cluster.awaitTask(task, "Failed", SOON);

    assertThat(cluster.api().onlyExecution(task).json().path("message").asText())
        .contains("the incident could not be created");
  }

  @Test
  void argumentsThatDoNotFitFailTheExecution() {
    var task = cluster.api().create(trouble("fine").args("one", "too many"));

    cluster.awaitTask(task, "Failed", SOON);

    assertThat(cluster.api().onlyExecution(task).reason()).isEqualTo("bad_arguments");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "system_info"})
  void theSamplePluginsRunOnEveryClient(String plugin) {
    var task = cluster.api().create(TaskRequest.of(plugin).by("ALL"));

    cluster.awaitTask(task, "Completed", SOON);

    assertThat(cluster.api().executions(task.id())).hasSize(StandingCluster.WORKERS.size());
  }

  private static TaskRequest trouble(String action) {
    return TaskRequest.of("trouble")
        .action(action)
        .by("alpha")
        .with("retry", Map.of("max_attempts", 1));
  }

  private static void assertEveryWorkerSays(String plugin, String words) {
    var task = cluster.api().create(TaskRequest.of(plugin).by("ALL"));
    cluster.awaitTask(task, "Completed", SOON);
    assertThat(cluster.api().executions(task.id()))
        .hasSize(StandingCluster.WORKERS.size())
        .allSatisfy(execution -> assertThat(execution.result().asText()).isEqualTo(words));
  }

  private static String saying(String words) {
    return "def main():\n    return '" + words + "'\n";
  }
}

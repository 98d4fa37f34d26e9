package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which version of a plugin runs, and that every worker agrees about it. */
@ExtendWith(StandingCluster.class)
class PluginVersionsIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration LATER = Duration.ofSeconds(60);
  private static final int EDITS = 8;
  private static final int TASKS_PER_EDIT = 3;

  private static final Cluster cluster = StandingCluster.get();

  /** Every version returns its own name, so that what ran can be held against what was pinned. */
  @Test
  void aPluginThatIsEditedWhileAllWorkersRunItRunsAsItWasPinnedAndThenInItsNewVersion()
      throws IOException {
    Map<String, String> nameOf = new HashMap<>();
    List<List<Task>> tasksAfter = new ArrayList<>();
    for (int edit = 0; edit < EDITS; edit++) {
      String source = slowlySaying("edit " + edit);
      nameOf.put(Sha256.of(source), "edit " + edit);
      save("restless.py", source, edit % 2 == 0);
      tasksAfter.add(startedOnAll("restless"));
    }

    for (int edit = 0; edit < EDITS; edit++) {
      for (Task task : tasksAfter.get(edit)) {
        cluster.awaitTask(task, "Completed", LATER);
        assertThat(cluster.api().executions(task.id()))
            .hasSize(StandingCluster.WORKERS.size())
            .allSatisfy(
                execution ->
                    assertThat(execution.result().asText()).isEqualTo(pinned(execution, nameOf)));
        assertThat(cluster.api().executions(task.id()))
            .extracting(execution -> execution.result().asText())
            .allMatch(nameOf::containsValue)
            .isSubsetOf(from(edit));
      }
    }
    assertThat(cluster.api().executions(tasksAfter.get(EDITS - 1).get(0).id()))
        .extracting(execution -> execution.result().asText())
        .containsOnly("edit " + (EDITS - 1));
    assertEveryCachedCopyIsWhatItsHashSays(nameOf.keySet());
  }

  private static List<Task> startedOnAll(String plugin) {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS_PER_EDIT; i++) {
      tasks.add(cluster.api().create(TaskRequest.of(plugin).by("ALL")));
    }
    return tasks;
  }

  private static String pinned(Execution execution, Map<String, String> nameOf) {
    return nameOf.getOrDefault(
        execution.json().path("plugin").path("sha256").asText(), "a version that was never saved");
  }

  private static List<String> from(int edit) {
    List<String> names = new ArrayList<>();
    for (int later = edit; later < EDITS; later++) {
      names.add("edit " + later);
    }
    return names;
  }

  private static void assertEveryCachedCopyIsWhatItsHashSays(Iterable<String> hashes)
      throws IOException {
    for (String worker : StandingCluster.WORKERS) {
      Path cache = cluster.data(worker).resolve("plugin-cache");
      for (String sha256 : hashes) {
        Path copy = cache.resolve(sha256).resolve("restless.py");
        if (Files.exists(copy)) {
          assertThat(Sha256.of(Files.readString(copy))).as(worker).isEqualTo(sha256);
        }
      }
    }
  }

  @Test
  void aWorkerThatJoinsRunsWhatItHasNeverSeen() {
    cluster.api().push("never_seen", saying("at once")).expect(201);
    var newcomer = cluster.worker("newcomer");

    var task = cluster.api().create(TaskRequest.of("never_seen").by("newcomer"));

    cluster.awaitTask(task, "Completed", SOON);
    assertThat(cluster.api().onlyExecution(task).result().asText()).isEqualTo("at once");
    newcomer.interrupt();
    cluster.awaitClient("newcomer", "Offline", SOON);
    cluster.api().delete("/clients/newcomer").expect(204);
  }

  @Test
  void aRollbackReachesEveryWorker() {
    cluster.api().push("wavering", saying("good")).expect(201);
    assertEveryWorkerSays("wavering", "good");
    cluster.api().push("wavering", saying("bad")).expect(200);
    assertEveryWorkerSays("wavering", "bad");

    cluster.api().post("/plugins/wavering/rollback").expect(200);
    assertEveryWorkerSays("wavering", "good");

    var body = Answer.JSON.createObjectNode().put("version", Sha256.of(saying("bad")));
    cluster.api().post("/plugins/wavering/rollback", body).expect(200);
    assertEveryWorkerSays("wavering", "bad");
    var versions = cluster.api().get("/plugins/wavering/versions").expect(200).json();
    assertThat(versions.path("items").findValuesAsText("number")).containsExactly("2", "1");
    assertThat(versions.path("items").findValuesAsText("serving")).containsExactly("true", "false");
    assertThat(cluster.api().get("/plugins/wavering/diff").expect(200).body())
        .contains("-    return 'good'\n+    return 'bad'\n");
    assertThat(cluster.api().get("/plugins/wavering/content?version=1").expect(200).body())
        .isEqualTo(saying("good"));
  }

  @Test
  void aPluginInUseIsDeletedOnlyByForceAndThenNothingNewRunsIt() {
    cluster.api().push("doomed", saying("still here")).expect(201);
    var task =
        cluster
            .api()
            .create(
                TaskRequest.of("doomed")
                    .by("alpha")
                    .with(
                        "execution_start_time",
                        Instant.now().plus(1, ChronoUnit.HOURS).toString()));

    var refused = cluster.api().delete("/plugins/doomed").expect(409).json();
    assertThat(refused.path("detail").asText()).contains("doomed is used by task " + task.id());
    assertThat(cluster.api().get("/plugins/doomed").expect(200).json().path("used_by").asInt())
        .isEqualTo(1);

    cluster.api().delete("/plugins/doomed?force=true").expect(204);
    cluster
        .api()
        .wrong("POST", "/tasks", "application/json", TaskRequest.of("doomed").body().toString())
        .expect(400);
    cluster.api().post("/tasks/" + task.id() + "/run").expect(202);
    Patience.within(SOON)
        .untilAsserted(
            () ->
                assertThat(cluster.api().executions(task.id()))
                    .extracting(Execution::status, Execution::reason)
                    .containsExactly(tuple("Failed", "plugin_missing")));
    cluster.api().delete("/tasks/" + task.id()).expect(204);
    cluster.api().delete("/plugins/doomed").expect(404);
  }

  @Test
  void aRetryRunsTheBytesThatItPinnedAlsoWhenThePluginIsChangedAndDeleted() {
    cluster.api().push("pinned", failingOnce("one")).expect(201);
    var task =
        cluster
            .api()
            .create(
                TaskRequest.of("pinned")
                    .by("Anyone")
                    .with("retry", Map.of("max_attempts", 2, "delay", 3, "jitter", 0)));
    Patience.within(SOON)
        .until(() -> cluster.api().onlyExecution(task).reason().equals("retry_at"));

    cluster.api().push("pinned", failingOnce("two")).expect(200);
    cluster.api().delete("/plugins/pinned?force=true").expect(204);

    cluster.awaitTask(task, "Completed", SOON);
    assertThat(cluster.api().onlyExecution(task).result().asText()).isEqualTo("one");
  }

  @Test
  void requirementsTravelWithThePluginAndAreANewVersion() throws IOException {
    String source =
        """
        import pathlib


        def main():
            beside = pathlib.Path(__file__).with_name("needy.requirements.txt")
            return beside.read_text() if beside.exists() else "nothing"
        """;
    save("needy.py", source, false);
    assertEveryWorkerSays("needy", "nothing");

    save("needy.requirements.txt", "# nothing from outside\n", true);
    awaitAnotherHash("needy", Sha256.of(source));
    assertEveryWorkerSays("needy", "# nothing from outside\n");

    Files.delete(cluster.plugins().resolve("needy.requirements.txt"));
    Patience.within(SOON)
        .untilAsserted(() -> assertThat(hash("needy")).isEqualTo(Sha256.of(source)));
    assertEveryWorkerSays("needy", "nothing");
  }

  private static void awaitAnotherHash(String plugin, String before) {
    Patience.within(SOON).untilAsserted(() -> assertThat(hash(plugin)).isNotEqualTo(before));
  }

  private static String hash(String plugin) {
    return cluster.api().get("/plugins/" + plugin).expect(200).json().path("sha256").asText();
  }

  private static void assertEveryWorkerSays(String plugin, String words) {
    var task = cluster.api().create(TaskRequest.of(plugin).by("ALL"));
    cluster.awaitTask(task, "Completed", SOON);
    assertThat(cluster.api().executions(task.id()))
        .hasSize(StandingCluster.WORKERS.size())
        .allSatisfy(execution -> assertThat(execution.result().asText()).isEqualTo(words));
  }

  /** As one editor does it, or as another. */
  private static void save(String name, String source, boolean throughATemporaryFile)
      throws IOException {
    Path file = cluster.plugins().resolve(name);
    if (!throughATemporaryFile) {
      Files.writeString(file, source);
      return;
    }
    Path temporary = cluster.plugins().resolve("." + name + ".swp");
    Files.writeString(temporary, source);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String saying(String words) {
    return "def main():\n    return '" + words + "'\n";
  }

  private static String slowlySaying(String words) {
    return "import time\n\n\ndef main():\n    time.sleep(0.05)\n    return '" + words + "'\n";
  }

  private static String failingOnce(String words) {
    return """
    import octopus


    def main():
        if octopus.context.attempt == 1:
            raise RuntimeError("once")
        return "%s"
    """
        .formatted(words);
  }
}

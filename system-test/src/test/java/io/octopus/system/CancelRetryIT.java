package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ending work early, trying it again, doing it again, forgetting it. */
@ExtendWith(StandingCluster.class)
class CancelRetryIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private static final Cluster cluster = StandingCluster.get();

  @Test
  void aPendingTaskIsCancelledAtOnce() {
    var task = cluster.api().create(TaskRequest.of("hello").by("nobody-yet"));
    cluster.awaitExecution(task, "Pending", SOON);

    cluster.api().post("/tasks/" + task.id() + "/cancel").expect(200);

    cluster.awaitTask(task, "Cancelled", SOON);
    assertThat(cluster.api().onlyExecution(task).status()).isEqualTo("Cancelled");
  }

  @Test
  void cancellingARunningTaskEndsItsWholeProcessTree() {
    var task = startFamily("cancel-task");

    cluster.api().post("/tasks/" + task.id() + "/cancel").expect(200);

    cluster.awaitTask(task, "Cancelled", SOON);
    cluster.awaitExecution(task, "Cancelled", SOON);
    awaitNoFamily("cancel-task");
  }

  @Test
  void cancellingAnExecutionEndsItsWholeProcessTree() {
    var task = startFamily("cancel-execution");
    String execution = cluster.api().onlyExecution(task).id();

    cluster.api().post("/executions/" + execution + "/cancel").expect(202);

    cluster.awaitExecution(task, "Cancelled", SOON);
    awaitNoFamily("cancel-execution");
  }

  @Test
  void aTimeLimitEndsTheWholeProcessTree() {
    var task =
        cluster
            .api()
            .create(
                family("time-limit")
                    .with("timeout", "2s")
                    .with("retry", Map.of("max_attempts", 1)));

    var execution = cluster.awaitExecution(task, "TimedOut", Duration.ofSeconds(20));

    assertThat(execution.attempts())
        .extracting(Execution.Attempt::outcome)
        .containsExactly("TimedOut");
    cluster.awaitTask(task, "Failed", SOON);
    awaitNoFamily("time-limit");
  }

  @Test
  void deletingARunningTaskEndsItAndKeepsItsHistory() {
    var task = startFamily("delete");
    var execution = cluster.api().onlyExecution(task);

    cluster.api().delete("/tasks/" + task.id()).expect(204);

    cluster.api().get("/tasks/" + task.id()).expect(404);
    assertThat(cluster.api().tasks()).doesNotContainKey(task.id());
    awaitNoFamily("delete");
    Patience.within(SOON)
        .untilAsserted(
            () ->
                assertThat(cluster.api().execution(execution.id()).status())
                    .isEqualTo("Cancelled"));
    assertThat(cluster.api().run(execution.runId()).status()).isEqualTo("Cancelled");
    assertThat(
            cluster
                .database()
                .column("SELECT deleted_at FROM tasks WHERE id = '" + task.id() + "'"))
        .singleElement()
        .isNotEqualTo("null");
  }

  @Test
  void failedAttemptsAreRepeatedByPolicyAndTellTheStory() {
    var ledger = cluster.ledger("policy");
    var task =
        cluster
            .api()
            .create(
                failing(ledger, cluster.folder().resolve("never"))
                    .by("Anyone")
                    .with("retry", Map.of("max_attempts", 3, "delay", 0.1)));

    cluster.awaitTask(task, "Failed", Duration.ofSeconds(20));

    var execution = cluster.api().onlyExecution(task);
    assertThat(execution.status()).isEqualTo("Failed");
    assertThat(execution.reason()).isEqualTo("exception");
    assertThat(execution.attempts()).extracting(Execution.Attempt::number).containsExactly(1, 2, 3);
    assertThat(execution.attempts()).extracting(Execution.Attempt::outcome).containsOnly("Failed");
    assertThat(ledger.starts()).hasSize(3);
    assertThat(ledger.startedTwice()).isEmpty();
  }

  @Test
  void retryOfAnExecutionIsANewRun() throws IOException {
    var ledger = cluster.ledger("retry-execution");
    Path flag = cluster.folder().resolve("retry-execution.flag");
    var task = cluster.api().create(once(failing(ledger, flag).by("alpha")));
    cluster.awaitTask(task, "Failed", SOON);
    var failed = cluster.api().onlyExecution(task);

    Files.createFile(flag);
    var answer = cluster.api().post("/executions/" + failed.id() + "/retry").expect(202);

    var run = awaitRun(answer, "Completed");
    assertThat(run.trigger()).isEqualTo("retry");
    assertThat(run.id()).isNotEqualTo(failed.runId());
    assertThat(cluster.api().execution(failed.id()).status()).isEqualTo("Failed");
    cluster.awaitTask(task, "Completed", SOON);
    assertThat(ledger.startedTwice()).isEmpty();
  }

  @Test
  void retryOfARunTakesOnlyTheClientsThatDidNotComplete() throws IOException {
    var ledger = cluster.ledger("retry-run");
    Path flag = cluster.folder().resolve("retry-run.flag");
    var task =
        cluster
            .api()
            .create(
                once(
                    TaskRequest.of("ledger")
                        .action("fail_until")
                        .args(ledger.path(), flag.toString(), "beta")
                        .by("ALL")));
    cluster.awaitTask(task, "Failed", SOON);
    var first = cluster.api().runs(task.id()).get(0);

    Files.createFile(flag);
    var answer = cluster.api().post("/runs/" + first.id() + "/retry").expect(202);

    var second = awaitRun(answer, "Completed");
    assertThat(second.targets()).containsExactly("beta");
    assertThat(ledger.starts())
        .extracting(Ledger.Entry::client)
        .containsExactlyInAnyOrder("alpha", "beta", "gamma", "beta");
  }

  @Test
  void aTaskIsRunAgainWithOtherArguments() {
    var ledger = cluster.ledger("again");
    var task = cluster.api().create(TaskRequest.noted(ledger, 0).by("alpha"));
    cluster.awaitTask(task, "Completed", SOON);

    var other = Answer.JSON.createObjectNode();
    other.set("args", Answer.JSON.valueToTree(new Object[] {ledger.path(), 0, "other"}));
    var answer = cluster.api().post("/tasks/" + task.id() + "/run", other).expect(202);

    var run = awaitRun(answer, "Completed");
    assertThat(run.trigger()).isEqualTo("manual");
    assertThat(cluster.api().executions(task.id()))
        .filteredOn(execution -> execution.runId().equals(run.id()))
        .singleElement()
        .satisfies(
            execution -> assertThat(execution.result().path("answer").asText()).isEqualTo("other"));
    assertThat(ledger.starts()).hasSize(2);
  }

  @Test
  void anEditedTaskRunsAsEdited() {
    var ledger = cluster.ledger("edit");
    var task = cluster.api().create(TaskRequest.noted(ledger, 0).by("nobody-yet"));

    cluster
        .api()
        .put("/tasks/" + task.id(), TaskRequest.noted(ledger, 0).by("beta").body())
        .expect(200);
    var answer = cluster.api().post("/tasks/" + task.id() + "/run").expect(202);

    awaitRun(answer, "Completed");
    assertThat(ledger.starts()).extracting(Ledger.Entry::client).containsExactly("beta");
  }

  @Test
  void whatHasEndedStaysAsItEnded() {
    var task = cluster.api().create(TaskRequest.of("hello").by("alpha"));
    cluster.awaitTask(task, "Completed", SOON);
    var execution = cluster.api().onlyExecution(task);

    var answer = cluster.api().post("/executions/" + execution.id() + "/cancel");

    assertThat(answer.status()).isIn(202, 409);
    assertThat(cluster.api().execution(execution.id()).json()).isEqualTo(execution.json());
  }

  private static Run awaitRun(Answer answer, String status) {
    String id = answer.json().path("run_id").asText();
    Patience.within(SOON)
        .untilAsserted(() -> assertThat(cluster.api().run(id).status()).isEqualTo(status));
    return cluster.api().run(id);
  }

  private static TaskRequest failing(Ledger ledger, Path flag) {
    return TaskRequest.of("ledger").action("fail_until").args(ledger.path(), flag.toString());
  }

  private static TaskRequest once(TaskRequest task) {
    return task.with("retry", Map.of("max_attempts", 1));
  }

  private static TaskRequest family(String marker) {
    return TaskRequest.of("trouble").action("family").args(unique(marker)).by("alpha");
  }

  private static Task startFamily(String marker) {
    var task = cluster.api().create(family(marker));
    Patience.within(SOON)
        .untilAsserted(() -> assertThat(ProcessTable.withCommandLine(unique(marker))).hasSize(2));
    cluster.awaitExecution(task, "Running", SOON);
    return task;
  }

  private static void awaitNoFamily(String marker) {
    Patience.within(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(ProcessTable.withCommandLine(unique(marker))).isEmpty());
  }

  private static String unique(String marker) {
    return "family-" + marker + "-" + ProcessHandle.current().pid();
  }
}

package io.octopus.system;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One coordinator, three workers: who runs what. */
@ExtendWith(StandingCluster.class)
class FanOutIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private static final Cluster cluster = StandingCluster.get();

  @Test
  void allGivesExactlyOneExecutionPerWorker() {
    var ledger = cluster.ledger("all");

    var task = cluster.api().create(TaskRequest.noted(ledger, 0).by("ALL"));

    cluster.awaitTask(task, "Completed", SOON);
    assertThat(cluster.api().executions(task.id()))
        .extracting(Execution::client)
        .containsExactlyInAnyOrder("alpha", "beta", "gamma");
    assertThat(ledger.starts())
        .extracting(Ledger.Entry::client)
        .containsExactlyInAnyOrder("alpha", "beta", "gamma");
    assertThat(cluster.api().runs(task.id()))
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.status()).isEqualTo("Completed");
              assertThat(run.targets()).containsExactlyInAnyOrder("alpha", "beta", "gamma");
            });
  }

  @Test
  void threeHundredTasksForAnyoneRunOnAllThreeAndNoneIsOverItsSlots() {
    var ledger = cluster.ledger("anyone");

    var batch =
        Batch.post(cluster.api(), 300, () -> TaskRequest.noted(ledger, 0.1).by("Anyone"))
            .awaitCompleted(Duration.ofSeconds(60));

    assertThat(batch.executions()).hasSize(300);
    assertThat(ledger.starts()).hasSize(300);
    assertThat(ledger.starts().stream().collect(groupingBy(Ledger.Entry::execution, counting())))
        .hasSize(300);
    assertThat(ledger.mostAtOnce())
        .containsOnlyKeys("alpha", "beta", "gamma")
        .allSatisfy(
            (client, most) -> assertThat(most).as(client).isBetween(1, StandingCluster.SLOTS));
  }

  @Test
  void aTaskForAnAbsentClientWaitsAndRunsWhenItJoins() {
    var ledger = cluster.ledger("late");
    var task = cluster.api().create(TaskRequest.noted(ledger, 0).by("delta"));

    var waiting = cluster.awaitWaiting(task, "client_offline");
    assertThat(waiting.client()).isEqualTo("delta");

    var delta = cluster.worker("delta");
    cluster.awaitTask(task, "Completed", SOON);
    // the other tests count three workers
    delta.terminate();
    cluster.awaitClient("delta", "Offline", SOON);
    cluster.api().delete("/clients/delta").expect(204);
    cluster.api().get("/clients/delta").expect(404);

    assertThat(ledger.starts()).extracting(Ledger.Entry::client).containsExactly("delta");
  }

  @Test
  void labelsNarrowAllAndAnyone() {
    var ledger = cluster.ledger("labels");
    var south = Map.of("zone", "south");
    var north = Map.of("zone", "north");

    var all = cluster.api().create(TaskRequest.noted(ledger, 0).by("ALL").with("labels", south));
    var any = cluster.api().create(TaskRequest.noted(ledger, 0).by("Anyone").with("labels", north));

    cluster.awaitTask(all, "Completed", SOON);
    cluster.awaitTask(any, "Completed", SOON);
    assertThat(cluster.api().executions(all.id()))
        .extracting(Execution::client)
        .containsExactlyInAnyOrder("beta", "gamma");
    assertThat(cluster.api().onlyExecution(any).client()).isEqualTo("alpha");
  }

  @Test
  void labelsThatNobodyHasAreExplained() {
    var nowhere = Map.of("zone", "moon");
    var any = cluster.api().create(TaskRequest.of("hello").by("Anyone").with("labels", nowhere));
    var all = cluster.api().create(TaskRequest.of("hello").by("ALL").with("labels", nowhere));

    cluster.awaitWaiting(any, "label_mismatch");
    cluster.awaitTask(all, "Failed", SOON);
    assertThat(cluster.api().runs(all.id()))
        .singleElement()
        .satisfies(run -> assertThat(run.json().path("reason").asText()).isEqualTo("no_targets"));

    cluster.api().post("/tasks/" + any.id() + "/cancel").expect(200);
  }

  @Test
  void aDrainedClientGetsNothingNew() {
    var ledger = cluster.ledger("drain");
    cluster.api().post("/clients/beta/drain").expect(200);

    var all = cluster.api().create(TaskRequest.noted(ledger, 0).by("ALL"));
    var named = cluster.api().create(TaskRequest.noted(ledger, 0).by("beta"));

    cluster.awaitTask(all, "Completed", SOON);
    assertThat(cluster.api().executions(all.id()))
        .extracting(Execution::client)
        .doesNotContain("beta");
    cluster.awaitWaiting(named, "draining");

    cluster.api().post("/clients/beta/resume").expect(200);
    cluster.awaitTask(named, "Completed", SOON);
  }
}

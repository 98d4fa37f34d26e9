package io.octopus.system.faults;

import static io.octopus.system.Patience.outage;
import static io.octopus.system.Patience.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.system.Batch;
import io.octopus.system.Cluster;
import io.octopus.system.Execution;
import io.octopus.system.Ledger;
import io.octopus.system.OctopusProcess;
import io.octopus.system.TaskRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers are killed, paused and come back (faults 2 to 5 and 13). */
class WorkerFaultIT {
  /** Until an Anyone attempt of a vanished worker counts as lost: stable-after and ten seconds. */
  private static final Duration LOST = Duration.ofSeconds(15);

  private static final Duration START = Duration.ofSeconds(40);
  private static final Duration SOON = Duration.ofSeconds(15);

  @RegisterExtension final Cluster cluster = Cluster.fresh();

  @Test
  void aKilledWorkersTasksCompleteOnTheOthers() {
    cluster.coordinator();
    var alpha = cluster.startWorker("alpha", "--slots", "4");
    cluster.startWorker("beta", "--slots", "4");
    cluster.startWorker("gamma", "--slots", "4");
    for (String name : List.of("alpha", "beta", "gamma")) {
      cluster.awaitClient(name, "Online", START);
    }
    var ledger = cluster.ledger("slow");
    var batch = Batch.post(cluster.api(), 50, () -> TaskRequest.noted(ledger, 2).by("Anyone"));
    within(SOON)
        .untilAsserted(
            () ->
                assertThat(ledger.starts())
                    .filteredOn(start -> start.client().equals("alpha"))
                    .hasSizeGreaterThanOrEqualTo(6));

    alpha.kill();

    batch.awaitCompleted(LOST.plusSeconds(10));
    cluster.awaitClient("alpha", "Idle", SOON);
    assertThat(ledger.startedTwice()).isEmpty();
    assertThat(batch.executions()).hasSize(50).allSatisfy(WorkerFaultIT::tellsItsStory);
    assertThat(batch.executions())
        .filteredOn(execution -> execution.attempt() == 2)
        .isNotEmpty()
        .allSatisfy(
            execution -> {
              assertThat(execution.attempts().get(0).client()).isEqualTo("alpha");
              assertThat(execution.client()).isNotEqualTo("alpha");
            });
  }

  @Test
  void aWorkerThatIsBackAfterTwoSecondsReplacesItselfAtOnce() {
    cluster.coordinator();
    var alpha = cluster.worker("alpha");
    var ledger = cluster.ledger("back");
    var named = cluster.api().create(TaskRequest.noted(ledger, 8).by("alpha"));
    var anyone = cluster.api().create(TaskRequest.noted(ledger, 8).by("Anyone"));
    cluster.awaitStarts(ledger, 2, SOON);

    alpha.kill();
    outage(Duration.ofSeconds(2));
    cluster.startWorker("alpha");

    // the second attempts start long before the time that a vanished worker would take
    cluster.awaitStarts(ledger, 4, Duration.ofSeconds(20));
    cluster.awaitTask(named, "Completed", Duration.ofSeconds(20));
    cluster.awaitTask(anyone, "Completed", Duration.ofSeconds(20));
    assertThat(ledger.startedTwice()).isEmpty();
    assertThat(cluster.api().executions())
        .hasSize(2)
        .allSatisfy(
            execution -> {
              tellsItsStory(execution);
              assertThat(execution.attempt()).isEqualTo(2);
            });
    // what the first incarnation had started did not run to its end beside the second
    assertThat(ledger.ends()).extracting(Ledger.Entry::attempt).containsExactly(2, 2);
  }

  @Test
  @Tag("slow")
  void aPauseOfFiveSecondsMovesNothing() {
    cluster.coordinator();
    var alpha = cluster.worker("alpha");
    var ledger = cluster.ledger("short-pause");
    var anyone = cluster.api().create(TaskRequest.noted(ledger, 7).by("Anyone"));
    cluster.awaitStarts(ledger, 1, SOON);
    cluster.worker("beta");

    alpha.pause();
    outage(Duration.ofSeconds(5));
    alpha.wake();

    cluster.awaitTask(anyone, "Completed", SOON);
    assertThat(ledger.starts()).extracting(Ledger.Entry::client).containsExactly("alpha");
    assertThat(cluster.api().onlyExecution(anyone).attempt()).isEqualTo(1);
    cluster.awaitClient("alpha", "Online", SOON);
  }

  @Test
  @Tag("outage")
  void aPauseOfSixtySecondsMovesAnyonesWorkAndLeavesNamedWork() {
    cluster.coordinator();
    var alpha = cluster.worker("alpha");
    var moved = cluster.ledger("moved");
    var endless = cluster.ledger("endless");
    var own = cluster.ledger("own");
    var anyone = cluster.api().create(TaskRequest.noted(moved, 20).by("Anyone"));
    var longAnyone = cluster.api().create(TaskRequest.noted(endless, 75).by("Anyone"));
    var named = cluster.api().create(TaskRequest.noted(own, 20).by("alpha"));
    var longNamed = cluster.api().create(TaskRequest.noted(own, 75).by("alpha"));
    for (Ledger ledger : List.of(moved, endless)) {
      cluster.awaitStarts(ledger, 1, SOON);
    }
    cluster.awaitStarts(own, 2, SOON);
    cluster.worker("beta");

    alpha.pause();
    cluster.awaitStarts(moved, 2, LOST.plusSeconds(10));
    cluster.awaitTask(anyone, "Completed", Duration.ofSeconds(45));
    assertThat(cluster.api().onlyExecution(named).reason()).isEqualTo("client_offline");
    assertThat(cluster.api().onlyExecution(named).isFinal()).isFalse();
    var accepted = cluster.api().onlyExecution(anyone);
    outage(Duration.ofSeconds(20));
    alpha.wake();

    cluster.awaitClient("alpha", "Online", Duration.ofSeconds(60));
    cluster.awaitTask(named, "Completed", SOON);
    cluster.awaitTask(longNamed, "Completed", Duration.ofSeconds(60));
    cluster.awaitTask(longAnyone, "Completed", Duration.ofSeconds(90));
    assertThat(accepted.result().path("client").asText()).isEqualTo("beta");
    assertThat(cluster.api().onlyExecution(anyone).json()).isEqualTo(accepted.json());
    assertThat(endless.ends())
        .as("alpha's stale attempt was ended, beta's counted")
        .extracting(Ledger.Entry::client)
        .containsExactly("beta");
    assertThat(own.starts()).hasSize(2);
    assertThat(cluster.api().onlyExecution(named).attempt()).isEqualTo(1);
    assertThat(cluster.api().onlyExecution(longNamed).attempt()).isEqualTo(1);
    var next = cluster.api().create(TaskRequest.noted(own, 0).by("alpha"));
    cluster.awaitTask(next, "Completed", SOON);
  }

  @Test
  @Tag("outage")
  void tenWorkersKilledOneAfterAnotherLeaveTheCoordinatorServing() {
    var coordinator = cluster.coordinator();
    var workers = new ArrayList<OctopusProcess>();
    for (int number = 0; number < 10; number++) {
      workers.add(cluster.worker("worker-" + number));
    }

    for (var worker : workers) {
      worker.kill();
      assertThat(cluster.api().isReady()).as("after the end of " + worker.name()).isTrue();
      outage(Duration.ofSeconds(7));
    }

    var ledger = cluster.ledger("afterwards");
    var task = cluster.api().create(TaskRequest.noted(ledger, 0).by("Anyone"));
    outage(Duration.ofSeconds(60));
    assertThat(coordinator.isAlive()).isTrue();
    assertThat(cluster.api().clients())
        .hasSize(10)
        .noneSatisfy(client -> assertThat(client.status()).isEqualTo("Online"));
    cluster.awaitWaiting(task, "no_client_online");
    cluster.worker("worker-10");
    cluster.awaitTask(task, "Completed", SOON);
  }

  @Test
  @Tag("outage")
  void allWorkersKilledAtOnceLeaveTheCoordinatorServing() {
    var coordinator = cluster.coordinator();
    var names = List.of("alpha", "beta", "gamma");
    var workers = names.stream().map(name -> cluster.startWorker(name)).toList();
    names.forEach(name -> cluster.awaitClient(name, "Online", START));
    var ledger = cluster.ledger("afterwards");

    workers.forEach(OctopusProcess::kill);
    var task = cluster.api().create(TaskRequest.noted(ledger, 0).by("Anyone"));
    outage(Duration.ofSeconds(60));

    assertThat(coordinator.isAlive()).isTrue();
    assertThat(cluster.api().isReady()).isTrue();
    cluster.awaitWaiting(task, "no_client_online");
    cluster.worker("alpha");
    cluster.awaitTask(task, "Completed", SOON);
  }

  /** Attempts are numbered, all but the last were lost, and the result is the last one's. */
  private static void tellsItsStory(Execution execution) {
    var attempts = execution.attempts();
    assertThat(attempts).hasSize(execution.attempt());
    for (int index = 0; index < attempts.size(); index++) {
      boolean last = index == attempts.size() - 1;
      assertThat(attempts.get(index).number()).isEqualTo(index + 1);
      assertThat(attempts.get(index).outcome()).isEqualTo(last ? "Completed" : "Lost");
    }
    assertThat(execution.status()).isEqualTo("Completed");
    assertThat(execution.result().path("attempt").asInt()).isEqualTo(execution.attempt());
  }
}

package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.system.check.Accepted;
import io.octopus.system.check.Checker;
import io.octopus.system.check.Evidence;
import io.octopus.system.check.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** SIGTERM ends a node in good order within ten seconds. */
class StopIT {
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofSeconds(15);

  @RegisterExtension final Cluster cluster = Cluster.fresh();

  @Test
  void aStoppedWorkerFinishesItsWorkAndHandsItIn() {
    cluster.coordinator();
    var worker = cluster.worker("alpha");
    var ledger = cluster.ledger("work");
    var running = cluster.api().create(TaskRequest.noted(ledger, 3).by("alpha"));
    cluster.awaitStarts(ledger, 1, SOON);

    worker.terminate();
    var late = cluster.api().create(TaskRequest.noted(ledger, 0).by("alpha"));
    worker.awaitExit(STOP);

    cluster.awaitTask(running, "Completed", SOON);
    assertThat(cluster.api().onlyExecution(running).attempt()).isEqualTo(1);
    assertThat(ledger.starts()).hasSize(1);
    cluster.awaitClient("alpha", "Offline", SOON);
    assertThat(cluster.api().client("alpha").why()).isNotBlank();

    cluster.worker("alpha");
    cluster.awaitTask(late, "Completed", SOON);
  }

  @Test
  @Tag("slow")
  void aWorkerWithEndlessWorkStillStopsInTime() {
    cluster.coordinator();
    var worker = cluster.worker("alpha");
    var ledger = cluster.ledger("endless");
    cluster.api().create(TaskRequest.noted(ledger, 600).by("alpha"));
    cluster.awaitStarts(ledger, 1, SOON);

    Instant asked = Instant.now();
    worker.terminate();
    worker.awaitExit(STOP);

    assertThat(Duration.between(asked, Instant.now())).isLessThan(Patience.stretched(STOP));
  }

  @Test
  void aStoppedCoordinatorLeavesRunningWorkAloneAndFiresAgainAtOnce() {
    var coordinator = cluster.coordinator();
    cluster.worker("alpha");
    var ledger = cluster.ledger("work");
    var running = cluster.api().create(TaskRequest.noted(ledger, 6).by("Anyone"));
    var often = TaskRequest.noted(cluster.ledger("often"), 0).by("alpha");
    var task = cluster.api().create(often.with("type", "Interval").with("interval", 2));
    cluster.awaitStarts(ledger, 1, SOON);
    cluster.awaitStarts(cluster.ledger("often"), 1, SOON);

    coordinator.terminate();
    coordinator.awaitExit(STOP);
    cluster.coordinator();

    Instant back = Instant.now();
    Patience.within(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(firings(task, back)).isEmpty());
    cluster.awaitTask(running, "Completed", Duration.ofSeconds(45));
    assertThat(cluster.api().onlyExecution(running).attempt()).isEqualTo(1);
    assertThat(ledger.starts()).hasSize(1);
  }

  private List<Violation> firings(Task task, Instant healed) {
    return Checker.firings(
        Evidence.of(cluster.api(), List.of(Accepted.of(task)), List.of(), healed));
  }
}

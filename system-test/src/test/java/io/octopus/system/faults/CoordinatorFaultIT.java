package io.octopus.system.faults;

import static io.octopus.system.Patience.outage;
import static io.octopus.system.Patience.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.system.Batch;
import io.octopus.system.Cluster;
import io.octopus.system.Execution;
import io.octopus.system.Ledger;
import io.octopus.system.OctopusProcess;
import io.octopus.system.Run;
import io.octopus.system.Task;
import io.octopus.system.TaskRequest;
import io.octopus.system.check.Accepted;
import io.octopus.system.check.Checker;
import io.octopus.system.check.Evidence;
import io.octopus.system.check.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The only coordinator is killed and comes back on the same data (fault 8). */
class CoordinatorFaultIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration SETTLE = Duration.ofSeconds(60);

  private static final Duration PERIOD = Duration.ofSeconds(3);

  /** Longer than workers need to rejoin. */
  private static final double LONG = 40;

  @RegisterExtension final Cluster cluster = Cluster.fresh();

  @Test
  void twoHundredTasksQueuedAndRunningSurviveAKill() {
    var coordinator = threeWorkers();
    var ledger = cluster.ledger("short");
    var batch = Batch.post(cluster.api(), 200, () -> TaskRequest.noted(ledger, 0.5).by("Anyone"));
    cluster.awaitStarts(ledger, 40, SETTLE);

    coordinator.kill();
    awaitWorkersIdle(ledger);
    int endedDuringTheOutage = ledger.ends().size();
    cluster.coordinator();

    batch.awaitCompleted(SETTLE);
    assertThat(endedDuringTheOutage).isBetween(40, 199);
    assertEachRanOnceAndWasAcceptedOnce(batch, ledger);
  }

  @Test
  @Tag("slow")
  void workThatRunsLongerThanTheRejoinIsNotStartedAgain() {
    var coordinator = threeWorkers();
    var ledger = cluster.ledger("long");
    var anyone = Batch.post(cluster.api(), 4, () -> TaskRequest.noted(ledger, LONG).by("Anyone"));
    var named = Batch.post(cluster.api(), 2, () -> TaskRequest.noted(ledger, LONG).by("beta"));
    cluster.awaitStarts(ledger, 6, SOON);
    var shortLedger = cluster.ledger("short");
    var queued =
        Batch.post(cluster.api(), 194, () -> TaskRequest.noted(shortLedger, 0.3).by("Anyone"));

    coordinator.kill();
    cluster.coordinator();

    queued.awaitCompleted(SETTLE);
    anyone.awaitCompleted(SETTLE);
    named.awaitCompleted(SETTLE);
    assertThat(ledger.starts()).hasSize(6);
    assertThat(ledger.ends()).hasSize(6);
    assertThat(anyone.executions()).extracting(Execution::attempt).containsOnly(1);
    assertThat(named.executions()).extracting(Execution::attempt).containsOnly(1);
    assertEachRanOnceAndWasAcceptedOnce(queued, shortLedger);
  }

  @Test
  @Tag("outage")
  void theSameWhenTheCoordinatorIsAwayForTwoMinutes() {
    var coordinator = threeWorkers();
    var ledger = cluster.ledger("away");
    var longer = cluster.ledger("longer");
    var overlapping =
        Batch.post(cluster.api(), 3, () -> TaskRequest.noted(longer, 130).by("Anyone"));
    cluster.awaitStarts(longer, 3, SOON);
    var batch = Batch.post(cluster.api(), 197, () -> TaskRequest.noted(ledger, 1).by("Anyone"));
    cluster.awaitStarts(ledger, 20, SETTLE);

    coordinator.kill();
    outage(Duration.ofMinutes(2));
    cluster.coordinator();

    batch.awaitCompleted(SETTLE);
    overlapping.awaitCompleted(SETTLE);
    assertEachRanOnceAndWasAcceptedOnce(batch, ledger);
    assertEachRanOnceAndWasAcceptedOnce(overlapping, longer);
  }

  @Test
  void aResultThatWasNotDeliveredArrivesFromTheSpool() {
    var coordinator = cluster.coordinator();
    var worker = cluster.worker("alpha");
    var ledger = cluster.ledger("spooled");
    var anyone = cluster.api().create(TaskRequest.noted(ledger, 4).by("Anyone"));
    var named = cluster.api().create(TaskRequest.noted(ledger, 4).by("alpha"));
    cluster.awaitStarts(ledger, 2, SOON);
    var executions =
        List.of(cluster.api().onlyExecution(anyone).id(), cluster.api().onlyExecution(named).id());

    coordinator.kill();
    within(SOON).untilAsserted(() -> assertThat(ledger.ends()).hasSize(2));
    within(SOON).untilAsserted(() -> assertThat(spool("alpha")).contains(executions));
    worker.kill();
    cluster.coordinator();
    cluster.worker("alpha");

    cluster.awaitTask(named, "Completed", Duration.ofSeconds(30));
    cluster.awaitTask(anyone, "Completed", Duration.ofSeconds(30));
    assertThat(ledger.starts()).hasSize(2);
    assertThat(cluster.api().executions()).extracting(Execution::attempt).containsOnly(1);
  }

  @Test
  @Tag("slow")
  void whatWasDueDuringTheOutageIsCaughtUpByPolicy() {
    var coordinator = cluster.coordinator();
    cluster.worker("alpha");
    var ledger = cluster.ledger("due");
    var once = cluster.api().create(every(PERIOD, ledger, "fire_once"));
    var all = cluster.api().create(every(PERIOD, ledger, "fire_all"));
    cluster.awaitStarts(ledger, 2, SOON);

    coordinator.kill();
    outage(PERIOD.multipliedBy(4));
    cluster.coordinator();
    Instant back = Instant.now();

    within(Duration.ofSeconds(45))
        .untilAsserted(
            () ->
                assertThat(firings(List.of(once, all), back))
                    .as("accounted for, and firing again")
                    .isEmpty());
    assertThat(reasons(once)).as("one firing for all that was missed").contains("misfire");
    assertThat(reasons(all)).as("each is fired").doesNotContain("misfire");
    assertThat(ledger.startedTwice()).isEmpty();
  }

  private static TaskRequest every(Duration period, Ledger ledger, String misfire) {
    return TaskRequest.noted(ledger, 0)
        .by("alpha")
        .with("type", "Interval")
        .with("interval", period.toSeconds())
        .with("misfire", misfire);
  }

  private List<Violation> firings(List<Task> tasks, Instant healed) {
    var accepted = tasks.stream().map(Accepted::of).toList();
    return Checker.firings(
        Evidence.of(cluster.api(), accepted, cluster.ledger("due").entries(), healed));
  }

  private List<String> reasons(Task task) {
    return cluster.api().runs(task.id()).stream().map(Run::reason).toList();
  }

  private OctopusProcess threeWorkers() {
    var coordinator = cluster.coordinator();
    for (String name : List.of("alpha", "beta", "gamma")) {
      cluster.startWorker(name, "--slots", "4");
    }
    for (String name : List.of("alpha", "beta", "gamma")) {
      cluster.awaitClient(name, "Online", Duration.ofSeconds(40));
    }
    return coordinator;
  }

  /** Workers finish what they have; without a coordinator nothing new comes. */
  private static void awaitWorkersIdle(Ledger ledger) {
    within(SOON).untilAsserted(() -> assertThat(ledger.ends()).hasSameSizeAs(ledger.starts()));
  }

  private void assertEachRanOnceAndWasAcceptedOnce(Batch batch, Ledger ledger) {
    assertThat(batch.executions()).hasSize(batch.ids().size());
    assertThat(ledger.startedTwice()).isEmpty();
    assertThat(ledger.starts()).as("no worker was lost").hasSize(batch.ids().size());
    assertThat(batch.executions())
        .allSatisfy(
            execution -> {
              assertThat(execution.attempt()).isEqualTo(1);
              assertThat(execution.attempts())
                  .extracting(Execution.Attempt::outcome)
                  .containsExactly("Completed");
              assertThat(execution.result().path("attempt").asInt()).isEqualTo(1);
            });
  }

  private String spool(String worker) {
    Path folder = cluster.data(worker).resolve("spool");
    if (!Files.isDirectory(folder)) {
      return "";
    }
    try (var files = Files.walk(folder)) {
      var text = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
      return text.toString();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

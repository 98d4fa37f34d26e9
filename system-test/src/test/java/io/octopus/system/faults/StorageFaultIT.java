package io.octopus.system.faults;

import static io.octopus.system.Patience.within;
import static io.octopus.system.Requirement.needs;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.system.Answer;
import io.octopus.system.Cluster;
import io.octopus.system.SlowDisk;
import io.octopus.system.SmallDisk;
import io.octopus.system.Task;
import io.octopus.system.TaskRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The disks of coordinator and worker are full, locked or slow (faults 15, 16 and 17). */
class StorageFaultIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  /** Until everything works again after the disk does. */
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private static final String BIG = "x".repeat(200_000);

  /** Travels within a report; a larger result needs the disk before its report. */
  private static final String WITHIN_A_REPORT = "x".repeat(60_000);

  @RegisterExtension static final Cluster cluster = Cluster.fresh();

  private static Optional<SmallDisk> coordinatorsDisk = Optional.empty();
  private static Optional<SmallDisk> workersDisk = Optional.empty();
  private static Optional<SlowDisk> slowness = Optional.empty();

  @BeforeAll
  static void start() {
    if (SmallDisk.canBeMounted()) {
      coordinatorsDisk = Optional.of(cluster.smallDisk("coordinator", 24));
      workersDisk = Optional.of(cluster.smallDisk("alpha", 24));
    }
    if (SlowDisk.canBeMade()) {
      slowness = Optional.of(cluster.slowDisk());
    }
    cluster.coordinator();
    cluster.worker("alpha", "--slots", "4");
  }

  @Test
  @Tag("slow")
  void aFullDiskIsA503UntilThereIsSpaceAndResultsArriveAfterwards() {
    needs(coordinatorsDisk.isPresent(), "root, to mount a small disk");
    var disk = coordinatorsDisk.orElseThrow();
    var ledger = cluster.ledger("disk-full");
    var running = cluster.api().create(TaskRequest.noted(ledger, 3).by("alpha"));
    cluster.awaitStarts(ledger, 1, SOON);

    List<Task> accepted = new ArrayList<>();
    disk.fill();
    try {
      within(RECOVERY).untilAsserted(() -> assertRefused(post("big", BIG, accepted)));
      within(SOON).untilAsserted(() -> assertThat(ledger.ends()).hasSize(1));
    } finally {
      disk.release();
    }

    awaitAccepted(accepted);
    cluster.awaitTask(running, "Completed", RECOVERY);
    assertThat(ledger.starts()).hasSize(1);
    assertAllThere(accepted);
  }

  @Test
  @Tag("slow")
  void aLockedDatabaseIsA503UntilItIsReleasedAndResultsArriveAfterwards() throws SQLException {
    var ledger = cluster.ledger("locked");
    var running = cluster.api().create(TaskRequest.noted(ledger, 2).by("alpha"));
    cluster.awaitStarts(ledger, 1, SOON);

    List<Task> accepted = new ArrayList<>();
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + cluster.database().file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertRefused(post("locked", "", accepted));
      within(SOON).untilAsserted(() -> assertThat(ledger.ends()).hasSize(1));
      assertThat(cluster.api().task(running.id()).status()).as("reading goes on").isNotBlank();
      statement.execute("ROLLBACK");
    }

    awaitAccepted(accepted);
    cluster.awaitTask(running, "Completed", RECOVERY);
    assertThat(ledger.starts()).hasSize(1);
    assertAllThere(accepted);
  }

  @Test
  void aSlowDiskMakesA201LateAndNeverEarlyAndNobodyIsLost() {
    needs(slowness.isPresent(), "a C compiler (cc)");
    var delay = Duration.ofMillis(500);
    var ledger = cluster.ledger("slow-disk");
    List<Task> accepted = new ArrayList<>();

    slowness.orElseThrow().slowDown(delay);
    try {
      for (int number = 0; number < 5; number++) {
        Instant asked = Instant.now();
        accepted.add(cluster.api().create(TaskRequest.noted(ledger, 0).by("alpha")));
        assertThat(Duration.between(asked, Instant.now()))
            .as("201 waits for the disk")
            .isGreaterThanOrEqualTo(delay);
        assertThat(cluster.api().client("alpha").status()).isEqualTo("Online");
      }
      for (Task task : accepted) {
        cluster.awaitTask(task, "Completed", RECOVERY);
        assertThat(cluster.api().client("alpha").status()).isEqualTo("Online");
      }
    } finally {
      slowness.orElseThrow().speedUp();
    }

    assertThat(ledger.starts()).hasSize(5);
    assertThat(ledger.startedTwice()).isEmpty();
  }

  @Test
  void aWorkerWithAFullDiskHandsInItsResultSaysWhyAndTakesNothingNewUntilThereIsSpace() {
    needs(workersDisk.isPresent(), "root, to mount a small disk");
    var disk = workersDisk.orElseThrow();
    var ledger = cluster.ledger("workers-disk");
    var large =
        TaskRequest.noted(ledger, 2).with("args", List.of(ledger.path(), 2, WITHIN_A_REPORT));
    var running = cluster.api().create(large.by("alpha"));
    cluster.awaitStarts(ledger, 1, SOON);

    Task refused;
    disk.fill();
    try {
      cluster.awaitTask(running, "Completed", SOON);
      within(RECOVERY)
          .untilAsserted(() -> assertThat(cluster.api().client("alpha").why()).contains("disk"));
      refused = cluster.api().create(TaskRequest.noted(ledger, 0).by("alpha"));
      assertThat(cluster.awaitWaiting(refused, "no_free_slot").attempt()).isZero();
    } finally {
      disk.release();
    }

    cluster.awaitTask(refused, "Completed", RECOVERY);
    within(RECOVERY)
        .untilAsserted(
            () -> assertThat(cluster.api().client("alpha").why()).doesNotContain("disk"));
    assertThat(ledger.starts()).hasSize(2);
    assertThat(cluster.api().onlyExecution(running).attempt()).isEqualTo(1);
  }

  /** Posts a task for a client that never comes; keeps it if it was accepted. */
  private static Answer post(String name, String size, List<Task> accepted) {
    var task = TaskRequest.of("hello").by("nobody").with("name", name).with("args", List.of(size));
    var answer = cluster.api().post("/tasks", task.body());
    if (answer.status() == 201) {
      accepted.add(new Task(answer.json()));
    }
    return answer;
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isPresent();
  }

  private static void awaitAccepted(List<Task> accepted) {
    within(RECOVERY)
        .untilAsserted(() -> assertThat(post("after", "", accepted).status()).isEqualTo(201));
  }

  private static void assertAllThere(List<Task> accepted) {
    assertThat(accepted)
        .isNotEmpty()
        .allSatisfy(
            task -> {
              assertThat(cluster.api().task(task.id()).status()).isEqualTo("Active");
              assertThat(cluster.api().executions(task.id())).hasSize(1);
            });
  }
}

package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results of every allowed size are delivered whole, and once (fault 19). */
class ResultSizeIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int KIB = 1024;
  private static final int MIB = 1024 * 1024;
  private static final String UNDER_WAY = "SELECT 1 FROM results WHERE up_to < size";

  @RegisterExtension final Cluster cluster = Cluster.fresh();

  @Test
  void resultsUpToTheLimitAreDeliveredAndLargerOnesAreRefused() {
    startBoth();
    var kept = List.of(64 * KIB, 300 * KIB, 5 * MIB, 8 * MIB);
    var tasks = new ArrayList<Task>();
    kept.forEach(size -> tasks.add(returning(size)));
    var tooLarge = returning(8 * MIB + 1);

    for (int index = 0; index < kept.size(); index++) {
      var task = cluster.awaitTask(tasks.get(index), "Completed", SOON);
      assertThat(resultOf(task)).hasSize(kept.get(index) - 2).matches("x*");
    }
    var refused = cluster.awaitTask(tooLarge, "Failed", SOON);
    assertThat(cluster.api().onlyExecution(refused).reason()).isEqualTo("result_too_large");
    var listed = cluster.api().executions(tasks.get(2).id()).get(0).json();
    assertThat(listed.path("result").isNull()).isTrue();
    assertThat(listed.path("result_omitted").asBoolean()).isTrue();
  }

  @Test
  @Tag("slow")
  void aCoordinatorThatIsKilledWhileLargeResultsAreUnderWayGetsEachOnce() {
    startBoth();
    var tasks = new ArrayList<Task>();
    for (int index = 0; index < 6; index++) {
      tasks.add(returning(5 * MIB));
    }
    Patience.within(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !cluster.database().column(UNDER_WAY).isEmpty());

    cluster.restartCoordinator();

    for (var task : tasks) {
      cluster.awaitTask(task, "Completed", Duration.ofSeconds(60));
      assertThat(resultOf(task)).hasSize(5 * MIB - 2);
      assertThat(cluster.api().onlyExecution(task).attempt()).isEqualTo(1);
    }
  }

  private void startBoth() {
    cluster.coordinator();
    cluster.worker("alpha", "--slots", "4");
  }

  private Task returning(int size) {
    return cluster.api().create(TaskRequest.of("bulk").action("result").args(size).by("alpha"));
  }

  private String resultOf(Task task) {
    return cluster
        .api()
        .execution(cluster.api().onlyExecution(task).id())
        .json()
        .path("result")
        .asText();
  }
}

package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Plugins that take all they can get end at their limit, and their worker goes on (fault 18). */
@ExtendWith(StandingCluster.class)
class GreedyPluginIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  /** The time limit of the greedy, and what it may take to end them. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private static final Duration END = LIMIT.plusSeconds(5);

  private static final Cluster cluster = StandingCluster.get();

  @Test
  void oneThatRunsOutOfMemoryFails() {
    var refused = cluster.awaitExecution(greedy("memory"), "Failed", SOON);
    assertThat(refused.reason()).isEqualTo("exception");
    assertThat(refused.json().path("error").path("type").asText()).contains("MemoryError");

    var killed = cluster.awaitExecution(greedy("killed_for_memory"), "Failed", SOON);
    assertThat(killed.reason()).isEqualTo("exit_code");

    assertTheWorkerGoesOn();
  }

  @Test
  void anEndlessLoopIsKilledAtItsLimit() {
    var pids = cluster.folder().resolve("loop.pids");

    var task = greedy("loop", pids.toString());

    cluster.awaitExecution(task, "TimedOut", END);
    assertThat(living(pids, 1)).isEmpty();
    assertTheWorkerGoesOn();
  }

  @Test
  void aForkBombIsKilledWithAllItsProcesses() {
    var pids = cluster.folder().resolve("fork-bomb.pids");

    var task = greedy("fork_bomb", pids.toString());

    cluster.awaitExecution(task, "TimedOut", END);
    assertThat(living(pids, 200)).isEmpty();
    assertTheWorkerGoesOn();
  }

  private static Task greedy(String action, Object... args) {
    return cluster
        .api()
        .create(
            TaskRequest.of("greedy")
                .action(action)
                .args(args)
                .by("alpha")
                .with("timeout", LIMIT.toSeconds())
                .with("retry", Map.of("max_attempts", 1)));
  }

  private static void assertTheWorkerGoesOn() {
    var next = cluster.api().create(TaskRequest.of("hello").by("alpha"));
    cluster.awaitTask(next, "Completed", SOON);
    assertThat(cluster.api().client("alpha").status()).isEqualTo("Online");
  }

  /** Those of the processes that noted themselves that still live; at least so many did. */
  private static List<ProcessHandle> living(Path pids, int atLeast) {
    try {
      var noted = Files.readAllLines(pids);
      assertThat(noted).hasSizeGreaterThanOrEqualTo(atLeast);
      return noted.stream()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
          .filter(ProcessHandle::isAlive)
          .filter(process -> process.info().command().orElse("").contains("python"))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name belongs to one live worker. */
@ExtendWith(StandingCluster.class)
class SecondNameIT {
  private static final Cluster cluster = StandingCluster.get();

  @ParameterizedTest
  @ValueSource(strings = {"alpha", "ALPHA"})
  void aSecondLiveWorkerWithTheNameIsRefusedAndEnds(String name) {
    var second =
        cluster.start(
            "second-" + name,
            Map.of("OCTOPUS_CLUSTER_PORT", Integer.toString(Ports.free())),
            List.of(
                "worker",
                "--name",
                name,
                "--seed",
                cluster.seed(),
                "--data",
                cluster.data("second-" + name).toString()));

    int exit = second.awaitExit(Duration.ofSeconds(30));

    assertThat(exit).isNotZero();
    assertThat(second.console()).containsIgnoringCase("alpha").containsIgnoringCase("name");
    var task = cluster.api().create(TaskRequest.of("hello").by("alpha"));
    cluster.awaitTask(task, "Completed", Duration.ofSeconds(15));
    assertThat(cluster.api().client("alpha").status()).isEqualTo("Online");
    assertThat(cluster.api().clients()).hasSameSizeAs(StandingCluster.WORKERS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALL", "anyone"})
  void anOwnerKeywordIsNoName(String name) {
    var worker =
        cluster.start(
            "worker-" + name,
            Map.of(),
            List.of("worker", "--name", name, "--data", cluster.data("keyword").toString()));

    assertThat(worker.awaitExit(Duration.ofSeconds(15))).isNotZero();
    assertThat(worker.console()).contains("client.name").contains(name);
  }
}

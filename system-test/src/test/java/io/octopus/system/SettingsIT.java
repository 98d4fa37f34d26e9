package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A wrong setting stops the start and says which, what and from where. */
class SettingsIT {
  private static final Duration END = Duration.ofSeconds(15);

  @RegisterExtension final Cluster cluster = Cluster.fresh();

  @Test
  void aWrongValueInTheEnvironmentNamesKeyValueAndVariable() {
    var node = coordinator(Map.of("OCTOPUS_CLUSTER_STABLE_AFTER", "soon"));

    assertThat(node.awaitExit(END)).isNotZero();
    assertThat(node.console())
        .contains("cluster.stable-after")
        .contains("soon")
        .contains("OCTOPUS_CLUSTER_STABLE_AFTER");
  }

  @Test
  void aWrongValueInAFileNamesKeyValueAndFile() throws IOException {
    Path file = cluster.folder().resolve("mine.conf");
    Files.writeString(file, "octopus.task.max-attempts = many\n");

    var node = coordinator(Map.of(), "--config", file.toString());

    assertThat(node.awaitExit(END)).isNotZero();
    assertThat(node.console()).contains("task.max-attempts").contains("many").contains("mine.conf");
  }

  @Test
  void aWrongValueOnTheCommandLineNamesFlagAndValue() {
    var node =
        cluster.start(
            "flag",
            cluster.coordinatorEnvironment(),
            java.util.List.of("coordinator", "--port", "eighty"));

    assertThat(node.awaitExit(END)).isNotZero();
    assertThat(node.console()).contains("--port").contains("eighty");
  }

  @Test
  void anAddressBeyondLoopbackNeedsAWordOfItsOwn() {
    var node = coordinator(Map.of("OCTOPUS_SERVER_HOST", "0.0.0.0"));

    assertThat(node.awaitExit(END)).isNotZero();
    assertThat(node.console()).contains("server.host").contains("server.insecure");
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndTheEnvironmentOverTheFile() throws IOException {
    Path file = cluster.folder().resolve("coordinator.conf");
    Files.writeString(
        file, "octopus.server.port = 1\noctopus.management.port = 1\noctopus.log-level = INFO\n");

    // the flag carries the right port, the environment a wrong one and the management port
    var node =
        coordinator(
            Map.of("OCTOPUS_SERVER_PORT", "2", "OCTOPUS_SERVRE_PORT", "3"),
            "--config",
            file.toString());
    cluster.awaitReady(node);

    assertThat(node.console()).contains("OCTOPUS_SERVRE_PORT");
    assertThat(Loopback.listensOn(cluster.managementPort())).isTrue();
  }

  @Test
  void aSecondCoordinatorOnTheSameDataIsRefused() {
    cluster.coordinator();

    var second =
        cluster.start(
            "second",
            Map.of(
                "OCTOPUS_CLUSTER_PORT", Integer.toString(Ports.free()),
                "OCTOPUS_MANAGEMENT_PORT", Integer.toString(Ports.free())),
            java.util.List.of(
                "coordinator",
                "--port",
                Integer.toString(Ports.free()),
                "--data",
                cluster.data("coordinator").toString()));

    assertThat(second.awaitExit(END)).isNotZero();
    assertThat(second.console()).containsIgnoringCase("another coordinator");
    assertThat(cluster.api().isReady()).isTrue();
  }

  private OctopusProcess coordinator(Map<String, String> environment, String... flags) {
    Map<String, String> all = new HashMap<>(cluster.coordinatorEnvironment());
    all.putAll(environment);
    return cluster.start("coordinator", all, cluster.coordinatorCommand(flags));
  }
}

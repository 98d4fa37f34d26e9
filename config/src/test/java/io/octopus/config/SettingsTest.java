package io.octopus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir private Path folder;

  @Test
  void flagsWinOverEnvironmentOverFileOverDefault() throws IOException {
    Settings file = Settings.defaults().withFile(file("octopus.server.port = 8001"));
    Settings environment = file.withEnvironment(Map.of("OCTOPUS_SERVER_PORT", "8002"));
    Settings flag = environment.withFlag("--port", "server.port", "8003");

    assertThat(file.coordinator().server().port()).isEqualTo(8001);
    assertThat(environment.coordinator().server().port()).isEqualTo(8002);
    assertThat(flag.coordinator().server().port()).isEqualTo(8003);
  }

  @ParameterizedTest
  @CsvSource({
    "OCTOPUS_LOG_LEVEL, log-level",
    "OCTOPUS_DATA_DIR, data-dir",
    "OCTOPUS_SERVER_HOST, server.host",
    "OCTOPUS_SERVER_PORT, server.port",
    "OCTOPUS_SERVER_INSECURE, server.insecure",
    "OCTOPUS_SERVER_ALLOWED_HOSTS, server.allowed-hosts",
    "OCTOPUS_CLUSTER_HOST, cluster.host",
    "OCTOPUS_CLUSTER_PORT, cluster.port",
    "OCTOPUS_CLUSTER_SEED_NODES, cluster.seed-nodes",
    "OCTOPUS_CLUSTER_STABLE_AFTER, cluster.stable-after",
    "OCTOPUS_CLUSTER_RECOVERY_GRACE, cluster.recovery-grace",
    "OCTOPUS_CLUSTER_INSECURE, cluster.insecure",
    "OCTOPUS_CLIENT_NAME, client.name",
    "OCTOPUS_CLIENT_SLOTS, client.slots",
    "OCTOPUS_CLIENT_LABELS, client.labels",
    "OCTOPUS_CLIENT_OFFLINE_AFTER, client.offline-after",
    "OCTOPUS_CLIENT_PYTHON, client.python",
    "OCTOPUS_CLIENT_WHEELS, client.wheels",
    "OCTOPUS_CLIENT_KEEP_ENVIRONMENTS, client.keep-environments",
    "OCTOPUS_CLIENT_JAVA_OPTIONS, client.java-options",
    "OCTOPUS_CLIENT_JAVA_IN_PROCESS, client.java-in-process",
    "OCTOPUS_CLIENT_STOP_GRACE, client.stop-grace",
    "OCTOPUS_CLIENT_MEMORY_LIMIT, client.memory-limit",
    "OCTOPUS_CLIENT_MAX_PROCESSES, client.max-processes",
    "OCTOPUS_CLIENT_MAX_OPEN_FILES, client.max-open-files",
    "OCTOPUS_CLIENT_RUN_AS, client.run-as",
    "OCTOPUS_CLIENT_OUTPUT_MAX_SIZE, client.output-max-size",
    "OCTOPUS_CLIENT_ARTEFACTS_MAX_SIZE, client.artefacts-max-size",
    "OCTOPUS_TASK_MAX_ATTEMPTS, task.max-attempts",
    "OCTOPUS_TASK_TIMEOUT, task.timeout",
    "OCTOPUS_MANAGEMENT_ENABLED, management.enabled",
    "OCTOPUS_MANAGEMENT_HOST, management.host",
    "OCTOPUS_MANAGEMENT_PORT, management.port",
    "OCTOPUS_STORE_URL, store.url",
    "OCTOPUS_PLUGINS_DIR, plugins.dir",
    "OCTOPUS_HISTORY_KEEP, history.keep",
    "OCTOPUS_HISTORY_KEEP_RUNS, history.keep-runs",
    "OCTOPUS_HISTORY_AUDIT_KEEP, history.audit-keep",
    "OCTOPUS_HISTORY_CLEAN_EVERY, history.clean-every",
    "OCTOPUS_RESULT_MAX_SIZE, result.max-size"
  })
  void everyKeyHasItsEnvironmentVariable(String variable, String key) {
    assertThat(SettingKey.ofEnvironmentVariable(variable).orElseThrow().path())
        .isEqualTo("octopus." + key);
    String bad = key.equals("client.labels") ? "os" : "";
    assertThatThrownBy(
            () -> Settings.defaults().withEnvironment(Map.of(variable, bad)).coordinator())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("octopus." + key)
        .hasMessageContaining("environment variable " + variable);
  }

  @Test
  void theTableAboveIsComplete() {
    assertThat(SettingKey.values()).hasSize(40);
  }

  @Test
  void listsAndMapsAreWrittenWithCommasInTheEnvironment() {
    Settings settings =
        Settings.defaults()
            .withEnvironment(
                Map.of(
                    "OCTOPUS_CLUSTER_SEED_NODES", "127.0.0.1:2551, localhost:2561",
                    "OCTOPUS_CLIENT_LABELS", "os=linux, gpu=yes",
                    "OCTOPUS_SERVER_ALLOWED_HOSTS", "Octopus.Example"));

    assertThat(settings.worker().cluster().seedNodes())
        .containsExactly("127.0.0.1:2551", "localhost:2561");
    assertThat(settings.worker().client().labels()).isEqualTo(Map.of("os", "linux", "gpu", "yes"));
    assertThat(settings.coordinator().server().allowedHosts())
        .contains("octopus.example", "localhost");
  }

  @Test
  void aFileHasListsAndMapsInHocon() throws IOException {
    Settings settings =
        Settings.defaults()
            .withFile(
                file(
                    """
                    octopus {
                      cluster.seed-nodes = ["127.0.0.1:2551", "127.0.0.1:2561"]
                      client { name = reporting-1, slots = 4, labels { os = linux, cores = 4 } }
                      task.timeout = 90
                      history.keep = 2 weeks
                    }
                    """));

    assertThat(settings.worker().cluster().seedNodes()).hasSize(2);
    assertThat(settings.worker().client().name()).isEqualTo("reporting-1");
    assertThat(settings.worker().client().labels()).isEqualTo(Map.of("os", "linux", "cores", "4"));
    assertThat(settings.coordinator().task().timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.coordinator().history().keep()).isEqualTo(Duration.ofDays(14));
  }

  @Test
  void anUnknownVariableIsIgnoredWithAWarning() {
    CoordinatorSettings settings =
        Settings.defaults()
            .withEnvironment(
                Map.of(
                    "OCTOPUS_SERVER_PROT", "1",
                    "OCTOPUS_SERVER_URL", "http://localhost:8000",
                    "OCTOPUS_TOKEN", "x",
                    "OCTOPUS_HOME", "/opt",
                    "OCTOPUS_JAVA_OPTS", "-Xmx1g",
                    "PATH", "/bin"))
            .coordinator();

    assertThat(settings.warnings())
        .containsExactly(
            "Environment variable OCTOPUS_SERVER_PROT is ignored: no setting is named so");
  }

  @Test
  void theNetworkIsServedOnlyWhenToldSoAndWithAWarning() {
    Settings open = Settings.defaults().with("server.host", "0.0.0.0");

    assertThatThrownBy(open::coordinator)
        .hasMessageContaining("octopus.server.host = \"0.0.0.0\"")
        .hasMessageContaining("octopus.server.insecure = true");
    assertThat(open.with("server.insecure", true).coordinator().warnings())
        .singleElement()
        .asString()
        .contains("octopus.server.insecure");
  }

  @Test
  void theClusterLeavesTheMachineOnlyWhenToldSoAndWithAWarning() {
    Settings open =
        Settings.defaults().with("cluster.host", "192.0.2.3").with("cluster.port", 2552);

    assertThatThrownBy(open::worker).hasMessageContaining("octopus.cluster.insecure = true");
    assertThat(open.with("cluster.insecure", "true").worker().warnings())
        .singleElement()
        .asString()
        .contains("octopus.cluster.insecure");
  }

  @Test
  void anAddressOfAnotherMachineIsRefused() {
    Settings elsewhere =
        Settings.defaults().with("cluster.host", "192.0.2.3").with("cluster.insecure", true);

    assertThatThrownBy(elsewhere::worker)
        .hasMessageContaining("must be an address of this machine");
  }

  @Test
  void aLoopbackWorkerIsWarnedAboutACoordinatorElsewhere() {
    assertThat(Settings.defaults().with("cluster.seed-nodes", "10.1.2.3:2551").worker().warnings())
        .singleElement()
        .asString()
        .contains("octopus.cluster.host", "10.1.2.3:2551");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("octopus-test.conf"), text);
  }
}

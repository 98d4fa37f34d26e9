package io.octopus.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefaultsTest {
  private static final Path HOME = Path.of("/opt/octopus");

  private final CoordinatorSettings coordinator = Settings.defaults().withHome(HOME).coordinator();
  private final WorkerSettings worker = Settings.defaults().withHome(HOME).worker();

  @Test
  void aCoordinatorServesLoopbackOnPort8000() {
    assertThat(coordinator.server().host()).isEqualTo("127.0.0.1");
    assertThat(coordinator.server().port()).isEqualTo(8000);
    assertThat(coordinator.server().insecure()).isFalse();
    assertThat(coordinator.server().allowedHosts())
        .contains(
            "localhost", "127.0.0.1", "[::1]", Hosts.ownName().toLowerCase(java.util.Locale.ROOT));
    assertThat(coordinator.management()).isEqualTo(new ManagementSettings("127.0.0.1", 8558, true));
    assertThat(coordinator.logLevel()).isEqualTo("INFO");
    assertThat(coordinator.warnings()).isEmpty();
  }

  @Test
  void aCoordinatorFormsTheClusterItself() {
    ClusterSettings cluster = coordinator.cluster();

    assertThat(cluster.host()).isEqualTo("127.0.0.1");
    assertThat(cluster.port()).isEqualTo(2551);
    assertThat(cluster.seedNodes()).containsExactly("127.0.0.1:2551");
    assertThat(cluster.stableAfter()).isEqualTo(Duration.ofSeconds(10));
    assertThat(cluster.recoveryGrace()).isEqualTo(Duration.ofSeconds(30));
    assertThat(cluster.insecure()).isFalse();
  }

  @Test
  void aCoordinatorOnAnotherPortStillFormsTheClusterItself() {
    assertThat(Settings.defaults().with("cluster.port", 2600).coordinator().cluster().seedNodes())
        .containsExactly("127.0.0.1:2600");
    assertThat(Settings.defaults().with("cluster.port", 0).coordinator().cluster().seedNodes())
        .isEmpty();
  }

  @Test
  void tasksAndHistoryHaveLimits() {
    assertThat(coordinator.task()).isEqualTo(new TaskSettings(3, Duration.ofHours(1)));
    assertThat(coordinator.history())
        .isEqualTo(
            new HistorySettings(
                Duration.ofDays(90), 1_000, Duration.ofDays(365), Duration.ofHours(1)));
    assertThat(coordinator.result())
        .isEqualTo(new ResultSettings(8 * 1024 * 1024, 4 * 1024 * 1024, 64 * 1024 * 1024));
    assertThat(coordinator.clientOfflineAfter()).isEqualTo(Duration.ofMinutes(5));
    assertThat(coordinator.python()).isEqualTo("python3");
  }

  @Test
  void theDatabaseIsInTheDataFolderAndPluginsInTheInstallation() {
    Path data = Path.of("data").toAbsolutePath();

    assertThat(coordinator.store().dataDirectory()).isEqualTo(data);
    assertThat(coordinator.store().url())
        .isEqualTo(
            "jdbc:sqlite:"
                + data.resolve("octopus.db")
                + "?journal_mode=WAL&synchronous=FULL&busy_timeout=5000&foreign_keys=true"
                + "&jdbc.get_generated_keys=false");
    assertThat(coordinator.plugins().directory()).isEqualTo(HOME.resolve("plugins"));
  }

  @Test
  void aWorkerIsNamedAfterItsMachineAndJoinsTheLocalCoordinator() {
    assertThat(worker.client())
        .isEqualTo(
            new ClientSettings(
                Hosts.ownName(),
                2 * Runtime.getRuntime().availableProcessors(),
                Map.of(),
                Duration.ofMinutes(5),
                "python3",
                Duration.ofSeconds(5),
                new LimitSettings(0, 1000, 0, ""),
                new LanguageSettings(Optional.empty(), Duration.ofDays(30), List.of(), List.of())));
    assertThat(worker.cluster().seedNodes()).containsExactly("127.0.0.1:2551");
    assertThat(worker.cluster().port()).isBetween(2552, 2652);
    assertThat(worker.dataDirectory()).isEqualTo(Path.of("data").toAbsolutePath());
  }

  @Test
  void twoWorkersOnOneMachineTakeDifferentPorts() {
    assertThat(Settings.defaults().worker().cluster().port()).isNotEqualTo(worker.cluster().port());
  }

  @Test
  void everyKeyHasALineInTheDefaults() {
    Config defaults = FileSource.defaults();

    for (SettingKey key : SettingKey.values()) {
      assertThat(defaults.hasPathOrNull(key.path())).as(key.path()).isTrue();
    }
    assertThat(defaults.getConfig("octopus").entrySet())
        .allSatisfy(
            entry -> assertThat(SettingKey.ofPath(entry.getKey())).as(entry.getKey()).isPresent());
  }
}

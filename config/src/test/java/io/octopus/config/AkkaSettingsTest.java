package io.octopus.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AkkaSettingsTest {
  @TempDir private Path folder;

  private final Config coordinator =
      Settings.defaults()
          .with("cluster.stable-after", "5s")
          .with("log-level", "warn")
          .coordinator()
          .akka();

  private final Config worker =
      Settings.defaults()
          .with("cluster.port", 2700)
          .with("cluster.seed-nodes", "127.0.0.1:2551,127.0.0.1:2561")
          .worker()
          .akka();

  @Test
  void addressesRolesAndSeedsComeFromTheSettings() {
    assertThat(coordinator.getStringList("akka.cluster.seed-nodes"))
        .containsExactly("akka://octopus@127.0.0.1:2551");
    assertThat(coordinator.getStringList("akka.cluster.roles")).containsExactly("coordinator");
    assertThat(coordinator.getInt("akka.remote.artery.canonical.port")).isEqualTo(2551);
    assertThat(coordinator.getInt("akka.management.http.port")).isEqualTo(8558);
    assertThat(worker.getStringList("akka.cluster.seed-nodes"))
        .containsExactly("akka://octopus@127.0.0.1:2551", "akka://octopus@127.0.0.1:2561");
    assertThat(worker.getStringList("akka.cluster.roles")).containsExactly("worker");
    assertThat(worker.getString("akka.remote.artery.canonical.hostname")).isEqualTo("127.0.0.1");
    assertThat(worker.getInt("akka.remote.artery.canonical.port")).isEqualTo(2700);
  }

  @Test
  void theSplitBrainResolverCountsCoordinatorsOnly() {
    Config resolver = coordinator.getConfig("akka.cluster.split-brain-resolver");

    assertThat(resolver.getString("active-strategy")).isEqualTo("keep-majority");
    assertThat(resolver.getString("keep-majority.role")).isEqualTo("coordinator");
    assertThat(resolver.getString("down-all-when-unstable")).isEqualTo("off");
    assertThat(resolver.getDuration("stable-after")).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void onlyMarkedRecordsCrossTheWireAndNoJavaSerialization() {
    assertThat(worker.getBoolean("akka.actor.allow-java-serialization")).isFalse();
    assertThat(worker.getConfig("akka.actor.serialization-bindings").root())
        .containsOnlyKeys("io.octopus.protocol.CborSerializable");
    assertThat(worker.getString("akka.remote.artery.transport")).isEqualTo("tcp");
    assertThat(worker.getBytes("akka.remote.artery.advanced.maximum-frame-size"))
        .isEqualTo(2L * 1024 * 1024);
  }

  @Test
  void theJournalIsSqliteWithTheViewWritingDao() {
    assertThat(coordinator.getString("jdbc-journal.dao"))
        .isEqualTo("io.octopus.coordinator.store.ViewWritingJournalDao");
    assertThat(coordinator.getString("jdbc-journal.use-shared-db")).isEqualTo("slick");
    assertThat(coordinator.getInt("jdbc-journal.parallelism")).isEqualTo(1);
    Config slick = coordinator.getConfig("akka-persistence-jdbc.shared-databases.slick");
    assertThat(slick.getString("profile")).isEqualTo("slick.jdbc.SQLiteProfile$");
    assertThat(slick.getString("db.url")).startsWith("jdbc:sqlite:").contains("synchronous=FULL");
    assertThat(worker.hasPath("jdbc-journal.dao")).isFalse();
  }

  @Test
  void thePostgresqlAddressBringsItsProfile() {
    Config slick =
        Settings.defaults()
            .with("store.url", "jdbc:postgresql://db/octopus")
            .coordinator()
            .akka()
            .getConfig("akka-persistence-jdbc.shared-databases.slick");

    assertThat(slick.getString("profile")).isEqualTo("slick.jdbc.PostgresProfile$");
    assertThat(slick.getString("db.driver")).isEqualTo("org.postgresql.Driver");
  }

  @Test
  void logLevelsAreTranslatedForAkka() {
    assertThat(coordinator.getString("akka.loglevel")).isEqualTo("WARNING");
  }

  @Test
  void expertsTuneAkkaInTheSameFile() throws IOException {
    Path file = Files.writeString(folder.resolve("x.conf"), "akka.cluster.gossip-interval = 1s\n");

    assertThat(
            Settings.defaults()
                .withFile(file)
                .worker()
                .akka()
                .getString("akka.cluster.gossip-interval"))
        .isEqualTo("1s");
  }
}

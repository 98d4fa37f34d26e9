package io.octopus.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the finished configuration of a node's actor system: what the settings say, over the user's
 * own tuning, over Octopus's .conf files, over Akka's defaults.
 */
final class AkkaSettings {
  private AkkaSettings() {}

  static Config coordinator(
      ClusterSettings cluster,
      ManagementSettings management,
      StoreSettings store,
      String logLevel,
      Config engine) {
    Map<String, Object> said = said(cluster, "coordinator", logLevel);
    said.put("akka.management.http.hostname", management.host());
    said.put("akka.management.http.port", management.port());
    boolean sqlite = store.url().startsWith("jdbc:sqlite:");
    String slick = "akka-persistence-jdbc.shared-databases.slick.";
    said.put(
        slick + "profile", sqlite ? "slick.jdbc.SQLiteProfile$" : "slick.jdbc.PostgresProfile$");
    said.put(slick + "db.driver", sqlite ? "org.sqlite.JDBC" : "org.postgresql.Driver");
    said.put(slick + "db.url", store.url());
    return finish(said, engine, "persistence.conf", "serialization.conf", "cluster.conf");
  }

  static Config worker(ClusterSettings cluster, String logLevel, Config engine) {
    Map<String, Object> said = said(cluster, "worker", logLevel);
    // Nobody else could form the cluster: ask the coordinators often, they may just be starting.
    said.put("akka.cluster.seed-node-timeout", "1s");
    return finish(said, engine, "serialization.conf", "cluster.conf");
  }

  private static Map<String, Object> said(ClusterSettings cluster, String role, String logLevel) {
    Map<String, Object> said = new LinkedHashMap<>();
    List<String> seeds = new ArrayList<>();
    cluster.seedNodes().forEach(address -> seeds.add("akka://octopus@" + address));
    said.put("akka.cluster.seed-nodes", seeds);
    said.put("akka.cluster.roles", List.of(role));
    said.put(
        "akka.cluster.split-brain-resolver.stable-after", cluster.stableAfter().toMillis() + "ms");
    said.put("akka.remote.artery.canonical.hostname", cluster.host());
    said.put("akka.remote.artery.canonical.port", cluster.port());
    said.put("akka.loglevel", akkaLevel(logLevel));
    return said;
  }

  private static String akkaLevel(String logLevel) {
    return switch (logLevel) {
      case "TRACE" -> "DEBUG";
      case "WARN" -> "WARNING";
      default -> logLevel;
    };
  }

  private static Config finish(Map<String, Object> said, Config engine, String... resources) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, Object> entry : said.entrySet()) {
      config =
          config.withValue(
              entry.getKey(), ConfigValueFactory.fromAnyRef(entry.getValue(), "octopus settings"));
    }
    config = config.withFallback(engine);
    for (String resource : resources) {
      config =
          config.withFallback(
              ConfigFactory.parseResources(AkkaSettings.class.getClassLoader(), resource));
    }
    return config.withFallback(ConfigFactory.defaultReferenceUnresolved()).resolve();
  }
}

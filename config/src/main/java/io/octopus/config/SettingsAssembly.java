package io.octopus.config;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Builds the typed settings of a node from checked values: works out what depends on the machine,
 * refuses unsafe combinations.
 */
final class SettingsAssembly {
  private static final int COORDINATOR_PORT = 2551;
  private static final int FIRST_WORKER_PORT = 2552;

  private final SettingValues values;
  private final Path home;
  private final List<String> warnings;

  SettingsAssembly(SettingValues values, Path home, List<String> warnings) {
    this.values = values;
    this.home = home;
    this.warnings = warnings;
  }

  CoordinatorSettings coordinator() {
    Path data = dataDirectory();
    ServerSettings server = server();
    int port = values.optionalNumber(SettingKey.CLUSTER_PORT).orElse(COORDINATOR_PORT);
    String host = clusterHost();
    String itself = host + ":" + port;
    // A port that is not known yet cannot be a seed: no seeds means that the node joins itself.
    List<String> alone = port == 0 ? List.of() : List.of(itself);
    ClusterSettings cluster =
        cluster(host, port, values.optionalList(SettingKey.CLUSTER_SEED_NODES).orElse(alone));
    ManagementSettings management =
        new ManagementSettings(
            values.text(SettingKey.MANAGEMENT_HOST),
            values.number(SettingKey.MANAGEMENT_PORT),
            values.isOn(SettingKey.MANAGEMENT_ENABLED));
    StoreSettings store = store(data);
    String logLevel = values.text(SettingKey.LOG_LEVEL);
    Config akka = AkkaSettings.coordinator(cluster, management, store, logLevel, values.engine());
    return new CoordinatorSettings(
        server,
        cluster,
        new TaskSettings(
            values.number(SettingKey.TASK_MAX_ATTEMPTS), values.duration(SettingKey.TASK_TIMEOUT)),
        management,
        store,
        new PluginSettings(home.resolve(values.text(SettingKey.PLUGINS_DIR)).normalize()),
        new HistorySettings(
            values.duration(SettingKey.HISTORY_KEEP),
            values.number(SettingKey.HISTORY_KEEP_RUNS),
            values.duration(SettingKey.HISTORY_AUDIT_KEEP),
            values.duration(SettingKey.HISTORY_CLEAN_EVERY)),
        result(),
        values.duration(SettingKey.CLIENT_OFFLINE_AFTER),
        values.text(SettingKey.CLIENT_PYTHON),
        logLevel,
        akka,
        List.copyOf(warnings));
  }

  WorkerSettings worker() {
    String host = clusterHost();
    int port = values.optionalNumber(SettingKey.CLUSTER_PORT).orElseGet(() -> freePort(host));
    ClusterSettings cluster =
        cluster(
            host,
            port,
            values
                .optionalList(SettingKey.CLUSTER_SEED_NODES)
                .orElse(List.of("127.0.0.1:" + COORDINATOR_PORT)));
    ClientSettings client =
        new ClientSettings(
            values.optionalText(SettingKey.CLIENT_NAME).orElseGet(SettingsAssembly::machineName),
            values
                .optionalNumber(SettingKey.CLIENT_SLOTS)
                .orElseGet(() -> 2 * Runtime.getRuntime().availableProcessors()),
            values.labels(SettingKey.CLIENT_LABELS),
            values.duration(SettingKey.CLIENT_OFFLINE_AFTER),
            values.text(SettingKey.CLIENT_PYTHON),
            values.duration(SettingKey.CLIENT_STOP_GRACE),
            new LimitSettings(
                values.size(SettingKey.CLIENT_MEMORY_LIMIT),
                values.number(SettingKey.CLIENT_MAX_PROCESSES),
                values.number(SettingKey.CLIENT_MAX_OPEN_FILES),
                values.optionalText(SettingKey.CLIENT_RUN_AS).orElse("")),
            languages());
    String logLevel = values.text(SettingKey.LOG_LEVEL);
    return new WorkerSettings(
        cluster,
        client,
        result(),
        dataDirectory(),
        logLevel,
        AkkaSettings.worker(cluster, logLevel, values.engine()),
        List.copyOf(warnings));
  }

  private LanguageSettings languages() {
    Optional<Path> wheels = values.optionalText(SettingKey.CLIENT_WHEELS).map(home::resolve);
    if (wheels.filter(folder -> !Files.isDirectory(folder)).isPresent()) {
      throw values.refusal(SettingKey.CLIENT_WHEELS, "must be a folder that is there");
    }
    return new LanguageSettings(
        wheels.map(Path::normalize),
        values.duration(SettingKey.CLIENT_KEEP_ENVIRONMENTS),
        values.optionalList(SettingKey.CLIENT_JAVA_OPTIONS).orElse(List.of()),
        values.optionalList(SettingKey.CLIENT_JAVA_IN_PROCESS).orElse(List.of()));
  }

  private ResultSettings result() {
    return new ResultSettings(
        values.size(SettingKey.RESULT_MAX_SIZE),
        values.size(SettingKey.CLIENT_OUTPUT_MAX_SIZE),
        values.size(SettingKey.CLIENT_ARTEFACTS_MAX_SIZE));
  }

  private int freePort(String host) {
    if (!FreePort.isOwn(host)) {
      throw values.refusal(SettingKey.CLUSTER_HOST, "must be an address of this machine");
    }
    int port = FreePort.from(host, FIRST_WORKER_PORT);
    if (port == FreePort.NONE) {
      throw values.refusal(
          SettingKey.CLUSTER_PORT,
          "none of the ports %d to %d is free"
              .formatted(FIRST_WORKER_PORT, FIRST_WORKER_PORT + FreePort.TRIES));
    }
    return port;
  }

  private ServerSettings server() {
    String host = values.text(SettingKey.SERVER_HOST);
    boolean insecure = values.isOn(SettingKey.SERVER_INSECURE);
    if (!Hosts.isLoopback(host)) {
      if (!insecure) {
        throw values.refusal(
            SettingKey.SERVER_HOST,
            "anything but a loopback address needs octopus.server.insecure = true,"
                + " because the API has no accounts yet");
      }
      warnings.add(
          "octopus.server.insecure: everyone who reaches "
              + host
              + " can run programs on the workers, without an account");
    }
    return new ServerSettings(
        host, values.number(SettingKey.SERVER_PORT), insecure, allowedHosts(host));
  }

  private Set<String> allowedHosts(String host) {
    Set<String> allowed = new TreeSet<>(Hosts.LOOPBACK_NAMES);
    List<String> others =
        values
            .optionalList(SettingKey.SERVER_ALLOWED_HOSTS)
            .orElseGet(() -> List.of(Hosts.ownName(), host));
    others.stream()
        .filter(name -> !Hosts.isWildcard(name))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .forEach(allowed::add);
    return Set.copyOf(allowed);
  }

  private String clusterHost() {
    String host = values.text(SettingKey.CLUSTER_HOST);
    if (Hosts.isWildcard(host)) {
      throw values.refusal(
          SettingKey.CLUSTER_HOST, "must be the address that other nodes reach this one at");
    }
    if (!Hosts.isLoopback(host)) {
      if (!values.isOn(SettingKey.CLUSTER_INSECURE)) {
        throw values.refusal(
            SettingKey.CLUSTER_HOST,
            "anything but a loopback address needs octopus.cluster.insecure = true,"
                + " because the cluster has no TLS yet");
      }
      warnings.add(
          "octopus.cluster.insecure: everyone who reaches "
              + host
              + " can join the cluster and run programs on its nodes");
    }
    return host;
  }

  private ClusterSettings cluster(String host, int port, List<String> seedNodes) {
    seedNodes.stream()
        .filter(seed -> Hosts.isLoopback(host))
        .filter(seed -> !Hosts.isLoopback(seed.substring(0, seed.lastIndexOf(':'))))
        .forEach(
            seed ->
                warnings.add(
                    "octopus.cluster.host is "
                        + host
                        + ", where "
                        + seed
                        + " cannot answer: set it to this machine's address"));
    return new ClusterSettings(
        host,
        port,
        seedNodes,
        values.duration(SettingKey.CLUSTER_STABLE_AFTER),
        values.duration(SettingKey.CLUSTER_RECOVERY_GRACE),
        values.isOn(SettingKey.CLUSTER_INSECURE));
  }

  private StoreSettings store(Path data) {
    String sqlite =
        "jdbc:sqlite:"
            + data.resolve("octopus.db")
            + "?journal_mode=WAL&synchronous=FULL&busy_timeout=5000&foreign_keys=true"
            // or the driver would ask for the key of each row that was inserted
            + "&jdbc.get_generated_keys=false";
    return new StoreSettings(values.optionalText(SettingKey.STORE_URL).orElse(sqlite), data);
  }

  private Path dataDirectory() {
    return Path.of(values.text(SettingKey.DATA_DIR)).toAbsolutePath().normalize();
  }

  private static String machineName() {
    String name = Hosts.ownName().replaceAll("[^\\p{L}\\p{N}._-]", "-").replaceAll("^[._-]+", "");
    return name.isEmpty() ? "client" : name;
  }
}

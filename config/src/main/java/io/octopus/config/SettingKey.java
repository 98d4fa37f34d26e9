package io.octopus.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every key that can be set, with what its value must be. The defaults are in octopus.conf. */
enum SettingKey {
  LOG_LEVEL("log-level", SettingType.LEVEL),
  DATA_DIR("data-dir", SettingType.TEXT),
  SERVER_HOST("server.host", SettingType.HOST),
  SERVER_PORT("server.port", SettingType.PORT),
  SERVER_INSECURE("server.insecure", SettingType.SWITCH),
  SERVER_ALLOWED_HOSTS("server.allowed-hosts", SettingType.HOSTS),
  CLUSTER_HOST("cluster.host", SettingType.HOST),
  CLUSTER_PORT("cluster.port", SettingType.PORT),
  CLUSTER_SEED_NODES("cluster.seed-nodes", SettingType.ADDRESSES),
  CLUSTER_STABLE_AFTER("cluster.stable-after", SettingType.DURATION),
  CLUSTER_RECOVERY_GRACE("cluster.recovery-grace", SettingType.DURATION),
  CLUSTER_INSECURE("cluster.insecure", SettingType.SWITCH),
  CLIENT_NAME("client.name", SettingType.NAME),
  CLIENT_SLOTS("client.slots", SettingType.COUNT),
  CLIENT_LABELS("client.labels", SettingType.LABELS),
  CLIENT_OFFLINE_AFTER("client.offline-after", SettingType.DURATION),
  CLIENT_PYTHON("client.python", SettingType.TEXT),
  CLIENT_WHEELS("client.wheels", SettingType.TEXT),
  CLIENT_KEEP_ENVIRONMENTS("client.keep-environments", SettingType.DURATION),
  CLIENT_JAVA_OPTIONS("client.java-options", SettingType.FLAGS),
  CLIENT_JAVA_IN_PROCESS("client.java-in-process", SettingType.PLUGINS),
  CLIENT_STOP_GRACE("client.stop-grace", SettingType.DURATION),
  CLIENT_MEMORY_LIMIT("client.memory-limit", SettingType.MEMORY),
  CLIENT_MAX_PROCESSES("client.max-processes", SettingType.LIMIT),
  CLIENT_MAX_OPEN_FILES("client.max-open-files", SettingType.LIMIT),
  CLIENT_RUN_AS("client.run-as", SettingType.USER),
  CLIENT_OUTPUT_MAX_SIZE("client.output-max-size", SettingType.OUTPUT_SIZE),
  CLIENT_ARTEFACTS_MAX_SIZE("client.artefacts-max-size", SettingType.FILES_SIZE),
  TASK_MAX_ATTEMPTS("task.max-attempts", SettingType.COUNT),
  TASK_TIMEOUT("task.timeout", SettingType.DURATION),
  MANAGEMENT_ENABLED("management.enabled", SettingType.SWITCH),
  MANAGEMENT_HOST("management.host", SettingType.LOOPBACK),
  MANAGEMENT_PORT("management.port", SettingType.PORT),
  STORE_URL("store.url", SettingType.DATABASE),
  PLUGINS_DIR("plugins.dir", SettingType.TEXT),
  HISTORY_KEEP("history.keep", SettingType.DURATION),
  HISTORY_KEEP_RUNS("history.keep-runs", SettingType.COUNT),
  HISTORY_AUDIT_KEEP("history.audit-keep", SettingType.DURATION),
  HISTORY_CLEAN_EVERY("history.clean-every", SettingType.DURATION),
  RESULT_MAX_SIZE("result.max-size", SettingType.RESULT_SIZE);

  static final String ROOT = "octopus";

  private static final Map<String, SettingKey> BY_ENVIRONMENT_VARIABLE =
      Arrays.stream(values())
          .collect(
              Collectors.toUnmodifiableMap(SettingKey::environmentVariable, Function.identity()));

  private static final Map<String, SettingKey> BY_PATH =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(SettingKey::path, Function.identity()));

  private final String path;
  private final SettingType type;

  SettingKey(String path, SettingType type) {
    this.path = ROOT + "." + path;
    this.type = type;
  }

  /** The full key, such as {@code octopus.server.port}. */
  String path() {
    return path;
  }

  SettingType type() {
    return type;
  }

  String environmentVariable() {
    return path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  static Optional<SettingKey> ofEnvironmentVariable(String name) {
    return Optional.ofNullable(BY_ENVIRONMENT_VARIABLE.get(name));
  }

  /** Finds a key by its path, with or without the leading {@code octopus.}. */
  static Optional<SettingKey> ofPath(String path) {
    String full = path.startsWith(ROOT + ".") ? path : ROOT + "." + path;
    return Optional.ofNullable(BY_PATH.get(full));
  }

  /** Names the known key that is spelled most like {@code path}. */
  static String nearest(String path) {
    return Arrays.stream(values())
        .map(SettingKey::path)
        .min((a, b) -> Integer.compare(distance(a, path), distance(b, path)))
        .orElseThrow();
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}

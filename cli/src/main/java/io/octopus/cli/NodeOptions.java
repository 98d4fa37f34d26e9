package io.octopus.cli;

import io.octopus.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that coordinators and workers share, and the settings that come of them. */
final class NodeOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings file; default: config/<role>.conf of the installation.")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for everything the process writes; default: ./data.")
  private @Nullable String data;

  @Option(
      names = "--cluster-host",
      paramLabel = "H",
      description = "Address that other nodes reach this one at; default: 127.0.0.1.")
  private @Nullable String clusterHost;

  @Option(
      names = "--cluster-port",
      paramLabel = "P",
      description = "TCP port for other nodes; default: 2551, a worker 2552 or the next free one.")
  private @Nullable String clusterPort;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any setting, such as --set task.timeout=2h; may be repeated.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--attached",
      hidden = true,
      description =
          "Stops in good order when standard input ends, as it does when the parent dies.")
  private boolean attached;

  boolean isAttached() {
    return attached;
  }

  /** The settings of this command line, over the environment, over the file. */
  Settings settings(String role) {
    Settings settings = Settings.defaults().withEnvironment(System.getenv());
    Path file = Installation.home().resolve("config").resolve(role + ".conf");
    if (config != null) {
      settings = settings.withFile(config);
    } else if (Files.exists(file)) {
      settings = settings.withFile(file);
    }
    for (Map.Entry<String, String> entry : set.entrySet()) {
      settings = settings.withFlag("--set", entry.getKey(), entry.getValue());
    }
    settings = flag(settings, "--data", "data-dir", data);
    settings = flag(settings, "--cluster-host", "cluster.host", clusterHost);
    return flag(settings, "--cluster-port", "cluster.port", clusterPort);
  }

  /** Adds a flag that was given. */
  static Settings flag(Settings settings, String name, String key, @Nullable Object value) {
    return value == null ? settings : settings.withFlag(name, key, value);
  }
}

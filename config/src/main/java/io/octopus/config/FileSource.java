package io.octopus.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a settings file and refuses keys that nothing would read. */
final class FileSource {
  /** Beside {@code octopus}, what experts may tune; Akka checks these itself. */
  private static final Set<String> ENGINE_ROOTS =
      Set.of(
          "akka",
          "akka-persistence-jdbc",
          "jdbc-journal",
          "jdbc-snapshot-store",
          "jdbc-read-journal",
          "octopus-blocking-dispatcher",
          "octopus-journal-dispatcher");

  private FileSource() {}

  static Config read(Path file) {
    if (!Files.isReadable(file)) {
      throw new SettingsException(
          "The settings file " + file.toAbsolutePath() + " cannot be read (--config)");
    }
    try {
      Config config =
          ConfigFactory.parseFile(
                  file.toFile(), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF))
              .resolve();
      refuseUnknown(config);
      return config;
    } catch (ConfigException e) {
      throw new SettingsException("The settings file is not HOCON: " + e.getMessage());
    }
  }

  static Config defaults() {
    return ConfigFactory.parseResources(FileSource.class.getClassLoader(), "octopus.conf");
  }

  /** Where a value was written, in words a user can follow. */
  static String origin(ConfigValue value) {
    ConfigOrigin origin = value.origin();
    String file = origin.filename();
    return file == null ? origin.description() : file + ":" + origin.lineNumber();
  }

  private static void refuseUnknown(Config config) {
    for (Map.Entry<String, ConfigValue> entry : config.root().entrySet()) {
      if (entry.getKey().equals(SettingKey.ROOT)) {
        refuseUnknown(SettingKey.ROOT, entry.getValue());
      } else if (!ENGINE_ROOTS.contains(entry.getKey())) {
        refuse(entry.getKey(), entry.getValue());
      }
    }
  }

  private static void refuseUnknown(String path, ConfigValue value) {
    Optional<SettingKey> key = SettingKey.ofPath(path);
    if (key.isPresent()) {
      return;
    }
    if (value instanceof ConfigObject object) {
      object.forEach((name, child) -> refuseUnknown(path + "." + name, child));
    } else {
      refuse(path, value);
    }
  }

  private static void refuse(String path, ConfigValue value) {
    throw SettingsException.of(
        path,
        value.render(ConfigRenderOptions.concise()),
        "no such key, the nearest is " + SettingKey.nearest(path),
        origin(value));
  }
}

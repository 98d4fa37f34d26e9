package io.octopus.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gathers what was set by flags, environment, file and defaults, in this order of precedence,
 * checks it and hands it out typed.
 *
 * <p>Immutable: each {@code with} answers a new one. Nothing is read or checked before {@link
 * #coordinator} or {@link #worker}.
 */
public final class Settings {
  private final Config flags;
  private final Map<String, String> environment;
  private final List<Path> files;
  private final Path home;

  private Settings(Config flags, Map<String, String> environment, List<Path> files, Path home) {
    this.flags = flags;
    this.environment = Map.copyOf(environment);
    this.files = List.copyOf(files);
    this.home = home;
  }

  /**
   * Nothing but the defaults; the installation is the folder in the system property {@code
   * octopus.home}, or the working folder.
   */
  public static Settings defaults() {
    return new Settings(
        ConfigFactory.empty(),
        Map.of(),
        List.of(),
        Path.of(System.getProperty("octopus.home", "")).toAbsolutePath().normalize());
  }

  /** Sets one key as a flag does; {@code origin} is what the user typed, for messages. */
  public Settings withFlag(String origin, String key, Object value) {
    SettingKey known =
        SettingKey.ofPath(key)
            .orElseThrow(
                () ->
                    SettingsException.of(
                        key,
                        String.valueOf(value),
                        "no such key, the nearest is " + SettingKey.nearest(key),
                        origin));
    Config flag =
        ConfigFactory.empty().withValue(known.path(), ConfigValueFactory.fromAnyRef(value, origin));
    return new Settings(flag.withFallback(flags), environment, files, home);
  }

  /** Sets one key, such as {@code server.port}, above environment and file. */
  public Settings with(String key, Object value) {
    return withFlag("set by the program", key, value);
  }

  public Settings withEnvironment(Map<String, String> environment) {
    return new Settings(flags, environment, files, home);
  }

  public Settings withFile(Path file) {
    return new Settings(flags, environment, List.of(file), home);
  }

  public Settings withHome(Path home) {
    return new Settings(flags, environment, files, home.toAbsolutePath().normalize());
  }

  public CoordinatorSettings coordinator() {
    List<String> warnings = new ArrayList<>();
    return new SettingsAssembly(read(warnings), home, warnings).coordinator();
  }

  public WorkerSettings worker() {
    List<String> warnings = new ArrayList<>();
    return new SettingsAssembly(read(warnings), home, warnings).worker();
  }

  private SettingValues read(List<String> warnings) {
    Config config = flags.withFallback(EnvironmentSource.read(environment, warnings));
    for (Path file : files) {
      config = config.withFallback(FileSource.read(file));
    }
    return SettingValues.check(config.withFallback(FileSource.defaults()));
  }
}

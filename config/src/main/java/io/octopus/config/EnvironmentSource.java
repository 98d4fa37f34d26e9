package io.octopus.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code OCTOPUS_A_B_C} as {@code octopus.a-b.c} or whichever known key is spelled so. */
final class EnvironmentSource {
  /** Not settings of a node: the launcher's, the API client's. */
  private static final Set<String> OTHERS =
      Set.of("OCTOPUS_HOME", "OCTOPUS_JAVA_OPTS", "OCTOPUS_SERVER_URL", "OCTOPUS_TOKEN");

  private EnvironmentSource() {}

  static Config read(Map<String, String> environment, List<String> warnings) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey().toUpperCase(Locale.ROOT);
      if (!name.startsWith("OCTOPUS_") || OTHERS.contains(name)) {
        continue;
      }
      Optional<SettingKey> key = SettingKey.ofEnvironmentVariable(name);
      if (key.isPresent()) {
        config =
            config.withValue(
                key.get().path(),
                ConfigValueFactory.fromAnyRef(
                    variable.getValue(), "environment variable " + variable.getKey()));
      } else {
        warnings.add(
            "Environment variable " + variable.getKey() + " is ignored: no setting is named so");
      }
    }
    return config;
  }
}

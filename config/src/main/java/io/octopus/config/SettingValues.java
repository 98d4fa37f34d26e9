package io.octopus.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The value of every key, each read by its type, with the place where it was set. */
final class SettingValues {
  private final Config config;
  private final Map<SettingKey, Object> values;

  private SettingValues(Config config, Map<SettingKey, Object> values) {
    this.config = config;
    this.values = values;
  }

  /** Reads every key, so that a bad value stops the start whether this node needs it or not. */
  static SettingValues check(Config config) {
    Map<SettingKey, Object> values = new EnumMap<>(SettingKey.class);
    for (SettingKey key : SettingKey.values()) {
      ConfigValue value = valueOf(config, key);
      if (value.valueType() != ConfigValueType.NULL) {
        values.put(key, read(key, value));
      }
    }
    return new SettingValues(config, values);
  }

  private static Object read(SettingKey key, ConfigValue value) {
    try {
      return key.type().read(value);
    } catch (IllegalArgumentException e) {
      throw refusal(key, value, String.valueOf(e.getMessage()));
    }
  }

  private static ConfigValue valueOf(Config config, SettingKey key) {
    ConfigValue value = config.root();
    for (String name : key.path().split("\\.", -1)) {
      if (!(value instanceof ConfigObject object)) {
        throw refusal(key, value, "must be an object that holds " + name);
      }
      value = object.get(name);
      if (value == null) {
        throw new IllegalStateException("octopus.conf has no default for " + key.path());
      }
    }
    return value;
  }

  private static SettingsException refusal(SettingKey key, ConfigValue value, String rule) {
    return SettingsException.of(
        key.path(), value.render(ConfigRenderOptions.concise()), rule, FileSource.origin(value));
  }

  SettingsException refusal(SettingKey key, String rule) {
    return refusal(key, valueOf(config, key), rule);
  }

  /** What the sources say beside {@code octopus}: tuning of Akka and the journal. */
  Config engine() {
    return config.withoutPath(SettingKey.ROOT);
  }

  String text(SettingKey key) {
    return get(key, String.class);
  }

  int number(SettingKey key) {
    return get(key, Integer.class);
  }

  long size(SettingKey key) {
    return get(key, Long.class);
  }

  boolean isOn(SettingKey key) {
    return get(key, Boolean.class);
  }

  Duration duration(SettingKey key) {
    return get(key, Duration.class);
  }

  Map<String, String> labels(SettingKey key) {
    Map<String, String> labels = new TreeMap<>();
    Map<?, ?> map = get(key, Map.class);
    map.forEach((name, value) -> labels.put((String) name, (String) value));
    return Map.copyOf(labels);
  }

  Optional<String> optionalText(SettingKey key) {
    return Optional.ofNullable(values.get(key)).map(String.class::cast);
  }

  Optional<Integer> optionalNumber(SettingKey key) {
    return Optional.ofNullable(values.get(key)).map(Integer.class::cast);
  }

  Optional<List<String>> optionalList(SettingKey key) {
    return Optional.ofNullable(values.get(key))
        .map(value -> ((List<?>) value).stream().map(String.class::cast).toList());
  }

  private <T> T get(SettingKey key, Class<T> type) {
    Object value = values.get(key);
    if (value == null) {
      throw refusal(key, "must have a value");
    }
    return type.cast(value);
  }
}

package io.octopus.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a value may be: reads it, or throws {@link IllegalArgumentException} with the rule it
 * breaks.
 */
enum SettingType {
  TEXT {
    @Override
    Object read(ConfigValue value) {
      return text(value, "must not be empty");
    }
  },
  LEVEL {
    @Override
    Object read(ConfigValue value) {
      String rule = "must be one of TRACE, DEBUG, INFO, WARN, ERROR";
      String level = text(value, rule).toUpperCase(Locale.ROOT);
      require(Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR").contains(level), rule);
      return level;
    }
  },
  HOST {
    @Override
    Object read(ConfigValue value) {
      return host(value);
    }
  },
  LOOPBACK {
    @Override
    Object read(ConfigValue value) {
      String host = host(value);
      require(Hosts.isLoopback(host), "must be a loopback address");
      return host;
    }
  },
  HOSTS {
    @Override
    Object read(ConfigValue value) {
      return list(value).stream().map(SettingType::host).toList();
    }
  },
  ADDRESSES {
    @Override
    Object read(ConfigValue value) {
      List<String> addresses = list(value).stream().map(SettingType::address).toList();
      require(!addresses.isEmpty(), "must name at least one host:port");
      return addresses;
    }
  },
  PORT {
    @Override
    Object read(ConfigValue value) {
      return number(value, 0, 65_535);
    }
  },
  COUNT {
    @Override
    Object read(ConfigValue value) {
      return number(value, 1, 10_000);
    }
  },
  SWITCH {
    @Override
    Object read(ConfigValue value) {
      String rule = "must be true or false";
      return switch (text(value, rule).toLowerCase(Locale.ROOT)) {
        case "true", "on", "yes" -> true;
        case "false", "off", "no" -> false;
        default -> throw new IllegalArgumentException(rule);
      };
    }
  },
  DURATION {
    @Override
    Object read(ConfigValue value) {
      return Durations.read(text(value, Durations.RULE));
    }
  },
  RESULT_SIZE {
    @Override
    Object read(ConfigValue value) {
      return size(value, 1, 64);
    }
  },
  OUTPUT_SIZE {
    @Override
    Object read(ConfigValue value) {
      return size(value, 64, 16);
    }
  },
  FILES_SIZE {
    @Override
    Object read(ConfigValue value) {
      return size(value, 1, 1024);
    }
  },
  /** 0 is for no limit; what is too little would let no plugin start. */
  MEMORY {
    @Override
    Object read(ConfigValue value) {
      String rule = "must be 0 (no limit) or a size from 32MiB such as 512MiB";
      try {
        long bytes = ConfigFactory.parseMap(Map.of("size", text(value, rule))).getBytes("size");
        require(bytes == 0 || bytes >= 32L * 1024 * 1024, rule);
        return bytes;
      } catch (ConfigException e) {
        throw new IllegalArgumentException(rule, e);
      }
    }
  },
  LIMIT {
    @Override
    Object read(ConfigValue value) {
      String rule = "must be 0 (no limit) or a whole number from 16 to 1000000";
      try {
        int number = Integer.parseInt(text(value, rule));
        require(number == 0 || (number >= 16 && number <= 1_000_000), rule);
        return number;
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(rule, e);
      }
    }
  },
  USER {
    @Override
    Object read(ConfigValue value) {
      String rule = "must be the name of a user of this system";
      String user = text(value, rule);
      require(USERS.matcher(user).matches(), rule);
      return user;
    }
  },
  NAME {
    @Override
    Object read(ConfigValue value) {
      String rule =
          "must be 1 to 100 letters, digits, dots, dashes or underscores, beginning with a letter"
              + " or digit";
      String name = text(value, rule);
      require(NAMES.matcher(name).matches(), rule);
      require(
          !name.equalsIgnoreCase("ALL") && !name.equalsIgnoreCase("Anyone"),
          "must not be ALL or Anyone, which mean owners");
      return name;
    }
  },
  FLAGS {
    @Override
    Object read(ConfigValue value) {
      List<String> flags = list(value);
      require(
          flags.stream().allMatch(flag -> flag.startsWith("-")), "must be flags such as -Xmx1g");
      return flags;
    }
  },
  PLUGINS {
    @Override
    Object read(ConfigValue value) {
      List<String> names = list(value);
      require(
          names.stream()
              .allMatch(name -> PLUGIN_NAMES.matcher(name).matches() && !name.endsWith(".jar")),
          "must be names of plugins, without suffix");
      return names;
    }
  },
  LABELS {
    @Override
    Object read(ConfigValue value) {
      return labels(value);
    }
  },
  DATABASE {
    @Override
    Object read(ConfigValue value) {
      String rule = "must begin with jdbc:sqlite: or jdbc:postgresql:";
      String url = text(value, rule);
      require(url.startsWith("jdbc:sqlite:") || url.startsWith("jdbc:postgresql:"), rule);
      return url;
    }
  };

  private static final Pattern NAMES = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,99}");
  private static final Pattern USERS = Pattern.compile("[A-Za-z_][A-Za-z0-9_.@-]{0,63}\\$?");
  private static final Pattern PLUGIN_NAMES = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
  private static final Pattern HOST_NAMES = Pattern.compile("[\\p{L}\\p{N}_.:\\[\\]-]{1,253}");

  abstract Object read(ConfigValue value);

  private static String text(ConfigValue value, String rule) {
    require(
        value.valueType() != ConfigValueType.OBJECT && value.valueType() != ConfigValueType.LIST,
        rule);
    String text = String.valueOf(value.unwrapped()).strip();
    require(!text.isEmpty(), rule);
    return text;
  }

  private static int number(ConfigValue value, int least, int most) {
    String rule = "must be a whole number from " + least + " to " + most;
    try {
      int number = Integer.parseInt(text(value, rule));
      require(number >= least && number <= most, rule);
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(rule, e);
    }
  }

  private static long size(ConfigValue value, int leastKib, int mostMib) {
    String rule = "must be a size from %dKiB to %dMiB such as 8MiB".formatted(leastKib, mostMib);
    try {
      long bytes = ConfigFactory.parseMap(Map.of("size", text(value, rule))).getBytes("size");
      require(bytes >= leastKib * 1024L && bytes <= mostMib * 1024L * 1024, rule);
      return bytes;
    } catch (ConfigException e) {
      throw new IllegalArgumentException(rule, e);
    }
  }

  private static String host(ConfigValue value) {
    return host(text(value, "must be a host name or an IP address"));
  }

  private static String host(String host) {
    require(HOST_NAMES.matcher(host).matches(), "must be a host name or an IP address");
    return host;
  }

  private static String address(String address) {
    String rule = "must be host:port with a port from 1 to 65535";
    int colon = address.lastIndexOf(':');
    require(colon > 0, rule);
    try {
      int port = Integer.parseInt(address.substring(colon + 1));
      require(port >= 1 && port <= 65_535, rule);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(rule, e);
    }
    return host(address.substring(0, colon)) + address.substring(colon);
  }

  /** A list as it is, or a text with commas, as the environment and flags have it. */
  private static List<String> list(ConfigValue value) {
    List<String> items = new ArrayList<>();
    if (value instanceof ConfigList list) {
      list.forEach(item -> items.add(text(item, "must be a list of texts")));
    } else {
      for (String item : text(value, "must be a list").split(",", -1)) {
        require(!item.isBlank(), "must not have an empty item");
        items.add(item.strip());
      }
    }
    return items;
  }

  /**
   * An object as it is, or {@code key=value} pairs with commas, as the environment and flags have
   * it.
   */
  private static Map<String, String> labels(ConfigValue value) {
    String rule = "must be pairs such as os=linux,gpu=yes";
    Map<String, String> labels = new LinkedHashMap<>();
    if (value instanceof ConfigObject object) {
      object.forEach((key, item) -> labels.put(key, text(item, rule)));
    } else if (!String.valueOf(value.unwrapped()).isBlank()) {
      for (String pair : text(value, rule).split(",", -1)) {
        int equals = pair.indexOf('=');
        require(equals > 0 && !pair.substring(equals + 1).isBlank(), rule);
        labels.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
    require(labels.keySet().stream().noneMatch(String::isBlank), rule);
    return Map.copyOf(labels);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}

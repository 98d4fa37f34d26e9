package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One case of a table of plugins: its code, its call, and how the call must end. */
record ConformanceCase(String title, Map<String, String> settings, String code) {

  /** Reads a table: see the words on top of it for its form. */
  static Stream<ConformanceCase> read(String resource) throws IOException {
    try (var in = ConformanceCase.class.getResourceAsStream(resource)) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.split("(?m)^=== ", -1)).stream().skip(1).map(ConformanceCase::parse);
    }
  }

  private static ConformanceCase parse(String section) {
    var lines = section.lines().toList();
    var settings = new HashMap<String, String>();
    lines.stream()
        .filter(line -> line.startsWith("--- "))
        .map(line -> line.substring(4).split(": ", 2))
        .forEach(setting -> settings.put(setting[0], setting[1]));
    var code =
        lines.stream()
            .skip(1)
            .filter(line -> !line.startsWith("--- "))
            .collect(Collectors.joining("\n", "", "\n"));
    return new ConformanceCase(lines.get(0), Map.copyOf(settings), code);
  }

  boolean has(String name) {
    return settings.containsKey(name);
  }

  String setting(String name, String otherwise) {
    return settings.getOrDefault(name, otherwise);
  }

  @Override
  public String toString() {
    return title;
  }
}

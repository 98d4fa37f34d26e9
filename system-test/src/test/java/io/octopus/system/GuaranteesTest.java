package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/guarantees.md says is shown by a test is shown by one. */
class GuaranteesTest {

  /** {@code SomeIT.itsTest}, or {@code anotherTest} of the class that was named before it. */
  private static final Pattern TEST =
      Pattern.compile("`(?:(\\w+(?:Test|IT))\\.)?([a-z][a-zA-Z0-9]{15,})`");

  private static final Path PROJECT = Path.of("..").toAbsolutePath();

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Map<String, String> sources = testSources();
    List<String> named = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String line : Files.readAllLines(PROJECT.resolve("docs/guarantees.md"))) {
      var matcher = TEST.matcher(line);
      String testClass = "";
      while (matcher.find()) {
        testClass = matcher.group(1) == null ? testClass : matcher.group(1);
        String test = testClass + "." + matcher.group(2);
        named.add(test);
        if (!sources.getOrDefault(testClass, "").contains("void " + matcher.group(2) + "(")) {
          missing.add(test);
        }
      }
    }

    assertThat(missing).isEmpty();
    assertThat(named).hasSizeGreaterThan(30);
  }

  private static Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("coordinator", "worker-node", "system-test")) {
      try (var files = Files.walk(PROJECT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.put(name, Files.readString(file));
        }
      }
    }
    return sources;
  }
}

package io.octopus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A plugin tried out on this machine runs, and ends, as it would on a worker. */
class PluginTestCommandTest {
  @TempDir private Path folder;

  private final Shell shell = new Shell();

  @Test
  void resultGoesToStandardOutputAndTheLogToStandardError() throws IOException {
    Path file =
        file(
            "greet.py",
            """
            import octopus
            def main(name, times=1, loud=False):
                print("greeting", name)
                octopus.log.warning("careful")
                octopus.progress(0.5, "half way")
                return {"status": "ok", "hello": [name] * times, "loud": loud}
            """);

    assertThat(test(file, "main", "World", "2", "--kwarg", "loud=true")).isEqualTo(ExitCode.OK);

    assertThat(ApiClient.JSON.readTree(shell.out()))
        .isEqualTo(
            ApiClient.JSON.readTree(
                "{\"status\":\"ok\",\"hello\":[\"World\",\"World\"],\"loud\":true}"));
    assertThat(shell.err())
        .contains("greeting World\n", "WARNING careful\n", " 50 % half way", "Completed after ");
  }

  @Test
  void failureIsToldWithItsTraceback() throws IOException {
    Path file = file("bad.py", "def main():\n    raise ValueError('no disk')\n");

    assertThat(test(file)).isEqualTo(ExitCode.FAILED);

    assertThat(shell.err())
        .contains("Failed (exception) after ", "line 2, in main", "ValueError: no disk");
  }

  @Test
  void outcomeAsJsonHasWhatAnExecutionShows() throws IOException {
    Path file = file("bad.py", "def main():\n    raise ValueError('no disk')\n");

    assertThat(test(file, "--json", "--kwargs", "{}")).isEqualTo(ExitCode.FAILED);

    JsonNode outcome = ApiClient.JSON.readTree(shell.out());
    assertThat(outcome.path("status").asText()).isEqualTo("Failed");
    assertThat(outcome.path("reason").asText()).isEqualTo("exception");
    assertThat(outcome.path("error").path("type").asText()).isEqualTo("ValueError");
    assertThat(outcome.path("result").isNull()).isTrue();
  }

  @Test
  void brokenFileIsNamedWithItsLine() throws IOException {
    Path file = file("bad.py", "def main():\n    return (\n");

    assertThat(test(file)).isEqualTo(ExitCode.FAILED);

    assertThat(shell.err()).contains("bad.py is broken: line ");
  }

  @Test
  void timeLimitEndsIt() throws IOException {
    Path file = file("slow.py", "import time\ndef main():\n    time.sleep(600)\n");

    assertThat(test(file, "--timeout", "2s")).isEqualTo(ExitCode.FAILED);

    assertThat(shell.err()).contains("TimedOut (timed_out)", "Did not end within 2 s");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void scriptsRunToo() throws IOException {
    Path file =
        file("tool.sh", "echo \"{\\\"got\\\": \\\"$1 $OCTOPUS_ARG_N $OCTOPUS_ACTION\\\"}\"\n");

    assertThat(test(file, "go", "a b", "--kwargs", "{\"n\": 5}")).isEqualTo(ExitCode.OK);

    assertThat(ApiClient.JSON.readTree(shell.out()).path("got").asText()).isEqualTo("a b 5 go");
  }

  @Test
  void whatLiesBesideThePluginIsNotSeen() throws IOException {
    file("beside.py", "X = 1\n");
    Path file = file("needy.py", "import beside\ndef main():\n    return beside.X\n");

    assertThat(test(file)).isEqualTo(ExitCode.FAILED);

    assertThat(shell.err()).contains("No module named 'beside'");
  }

  @Test
  void wrongUsageIsToldAsSuch() throws IOException {
    Path file = file("fine.py", "def main():\n    return 1\n");

    assertThat(test(folder.resolve("none.py"))).isEqualTo(ExitCode.USAGE);
    assertThat(test(file, "--kwargs", "[1]")).isEqualTo(ExitCode.USAGE);
    assertThat(test(file, "--timeout", "soon")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err())
        .contains("none.py cannot be read", "--kwargs must be a JSON object", "task.timeout");
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    Path file = file("fine.py", "def main():\n    return 1\n");

    assertThat(test(file)).isEqualTo(ExitCode.OK);

    try (var left = Files.list(folder.resolve("data").resolve("plugin-test"))) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("work");
    }
  }

  private int test(Path file, String... arguments) {
    List<String> line = new ArrayList<>(List.of("plugin", "test", file.toString()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--data", folder.resolve("data").toString()));
    return shell.run(line.toArray(String[]::new));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}

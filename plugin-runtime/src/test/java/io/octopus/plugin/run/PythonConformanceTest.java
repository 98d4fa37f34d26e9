package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the table of python-conformance.txt, case by case, with the host's python3. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonConformanceTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Limits LIMITS = new Limits(256L << 20, 64, 64, "");

  private final Workbench bench;
  private final Workbench limited;

  PythonConformanceTest() throws IOException {
    bench = new Workbench();
    limited = new Workbench(LIMITS);
  }

  @AfterAll
  void close() throws IOException {
    bench.close();
    limited.close();
  }

  static Stream<ConformanceCase> cases() throws IOException {
    return ConformanceCase.read("python-conformance.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void endsAsTheTableSays(ConformanceCase given, @TempDir Path folder) throws IOException {
    var call =
        benchOf(given)
            .python(given.code())
            .action(given.setting("action", "main"))
            .args(args(given, folder))
            .kwargs(given.setting("kwargs", "{}"))
            .timeout(Duration.ofSeconds(Long.parseLong(given.setting("times out", "60"))));

    check(given, call.run());

    var output = call.output;
    assertThat(output.text()).contains(given.setting("log", ""));
    if (given.has("kept")) {
      assertThat(output.artefacts()).isEqualTo(given.setting("kept", ""));
    }
    if (given.has("hides")) {
      long hidden = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
      assertThat(ProcessHandle.of(hidden))
          .matches(gone -> gone.isEmpty() || LinuxProcesses.isZombie(gone.get()), "is gone");
    }
  }

  private Workbench benchOf(ConformanceCase given) {
    if (!given.has("limited")) {
      return bench;
    }
    var how = limited.runner.limits().get(given.setting("limited", ""));
    assumeTrue(how != null && !how.startsWith("not"), "This host cannot limit it: " + how);
    return limited;
  }

  private static String args(ConformanceCase given, Path folder) {
    if (given.has("hides")) {
      return "[\"" + folder + "\"]";
    }
    return given.has("big")
        ? "[\"" + "x".repeat(Integer.parseInt(given.setting("big", ""))) + "\"]"
        : given.setting("args", "[]");
  }

  private static void check(ConformanceCase given, ActionOutcome outcome) throws IOException {
    if (given.has("times out")) {
      assertThat(outcome).isInstanceOf(ActionOutcome.TimedOut.class);
    } else if (given.has("completes")) {
      assertThat(outcome).isInstanceOf(ActionOutcome.Completed.class);
      var expected = given.setting("completes", "");
      var result = JSON.readTree(((ActionOutcome.Completed) outcome).resultJson());
      if (!expected.equals("*")) {
        assertThat(result).isEqualTo(JSON.readTree(expected));
      }
    } else {
      assertThat(outcome).isInstanceOf(ActionOutcome.Failed.class);
      var failed = (ActionOutcome.Failed) outcome;
      var expected = given.setting("fails", "").split(", ", 2);
      assertThat(failed.reason()).matches(reason -> expected[0].matches("[*]|" + reason));
      assertThat(failed.error().type() + ": " + failed.error().message()).contains(expected[1]);
      assertThat(String.valueOf(failed.error().traceback()))
          .contains(given.setting("traceback", ""));
    }
  }
}

package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the table of python-conformance.txt, case by case, with the host's python3. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonConformanceTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private final Workbench bench;

  PythonConformanceTest() throws IOException {
    bench = new Workbench();
  }

  @AfterAll
  void close() throws IOException {
    bench.close();
  }

  static Stream<ConformanceCase> cases() throws IOException {
    return ConformanceCase.read("python-conformance.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void endsAsTheTableSays(ConformanceCase given) throws IOException {
    var call =
        bench
            .python(given.code())
            .action(given.setting("action", "main"))
            .args(given.setting("args", "[]"))
            .kwargs(given.setting("kwargs", "{}"));

    if (given.completes()) {
      var expected = JSON.readTree(given.setting("completes", ""));
      assertThat(JSON.readTree(call.completed().resultJson())).isEqualTo(expected);
    } else {
      var expected = given.setting("fails", "").split(", ", 2);
      var failed = call.failed();
      assertThat(failed.reason()).isEqualTo(expected[0]);
      assertThat(failed.error().message()).contains(expected[1]);
    }
  }
}

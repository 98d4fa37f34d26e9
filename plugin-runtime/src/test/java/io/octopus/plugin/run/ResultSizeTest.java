package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results up to the limit come through whole; larger ones fail by name. */
class ResultSizeTest {

  private static final String CODE = "def main(n):\n    return 'ü' * (n // 2)\n";

  @ParameterizedTest
  @ValueSource(ints = {300 * 1024, 5 * 1024 * 1024})
  void largeResultsComeThrough(int bytes) throws IOException {
    try (var bench = new Workbench()) {
      var result = bench.python(CODE).args("[" + bytes + "]").completed().resultJson();

      assertThat(result).hasSize(bytes / 2 + 2);
    }
  }

  @Test
  void resultAboveTheLimitIsTooLarge() throws IOException {
    try (var bench = new Workbench()) {
      var atLimit = bench.python(CODE).args("[998]").limit(1000).run();
      var above = bench.python(CODE).args("[1000]").limit(1000).failed();

      assertThat(atLimit).isInstanceOf(ActionOutcome.Completed.class);
      assertThat(above.reason()).isEqualTo(FailureReason.RESULT_TOO_LARGE);
      assertThat(above.error().message()).contains("1002 bytes").contains("at most 1000");
      assertThat(above.resultJson()).isEqualTo("null");
    }
  }

  @Test
  void largeArgumentsGoIn() throws IOException {
    try (var bench = new Workbench()) {
      var text = "x".repeat(900_000);

      var result = bench.python("def main(t):\n    return len(t)\n").args("[\"" + text + "\"]");

      assertThat(result.completed().resultJson()).isEqualTo("900000");
    }
  }
}

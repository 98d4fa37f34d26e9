package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Scripts: arguments as they are, the last line as the result, the exit code as the judge. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledOnOs(OS.WINDOWS)
class ScriptRunnerTest {

  private final Workbench bench;

  ScriptRunnerTest() throws IOException {
    bench = new Workbench();
  }

  @AfterAll
  void close() throws IOException {
    bench.close();
  }

  @Test
  void argumentsNeverPassThroughAShell() throws IOException {
    var call =
        script("printf '<%s>' \"$@\"; echo; echo \"$OCTOPUS_ACTION $OCTOPUS_ARG_LIST_OF $PWD\"")
            .action("go")
            .args("[\"a b\", \"$(id); `id` '\\\"\", 3, null, [1]]")
            .kwargs("{\"list of\": {\"k\": \"*\"}}");

    call.completed();

    assertThat(call.output.text())
        .startsWith("<a b><$(id); `id` '\"><3><><[1]>\ngo {\"k\":\"*\"} " + bench.work);
  }

  @Test
  void lastLineThatIsAJsonObjectIsTheResult() throws IOException {
    var outcome =
        script("echo working; echo '{\"n\": 1, \"message\": \"done\"}'; echo").completed();

    assertThat(outcome)
        .isEqualTo(new ActionOutcome.Completed("{\"n\": 1, \"message\": \"done\"}", "done"));
  }

  @Test
  void otherwiseTheOutputIs() throws IOException {
    var outcome = script("echo one; echo two >&2; echo '[1]'").completed();

    assertThat(outcome.resultJson()).contains("\"exit_code\":0").contains("two").contains("[1]");
  }

  @Test
  void exitCodeFailsWithTheOutputsTail() throws IOException {
    var failed = script("echo no space >&2; exit 7").failed();

    assertThat(failed.reason()).isEqualTo(FailureReason.EXIT_CODE);
    assertThat(failed.error().message()).contains("exit code 7").contains("no space");
    assertThat(failed.resultJson()).isEqualTo("{\"exit_code\":7,\"output\":\"no space\\n\"}");
  }

  @Test
  void interpreterOfTheFirstLineIsUsed() throws IOException {
    var call = bench.call(bench.plugin("tool.pl", "#!/usr/bin/env python3\nprint('snake')\n"));

    assertThat(call.completed().resultJson()).contains("snake");
  }

  @Test
  void missingInterpreterIsNamed() throws IOException {
    var call = bench.call(bench.plugin("tool.pl", "#!/no/such/interpreter\n"));

    assertThat(call.failed().reason()).isEqualTo(FailureReason.PLUGIN_MISSING);
    assertThat(call.failed().error().message()).contains("/no/such/interpreter");
  }

  @Test
  void namesOfKwargsBecomeNamesOfVariables() throws IOException {
    var call =
        script("env | grep OCTOPUS_ARG_ | sort")
            .kwargs("{\"dry-run\": true, \"n\": 5, \"none\": null, \"text\": \"a'b\"}");

    call.completed();

    assertThat(call.output.text())
        .isEqualTo(
            """
            OCTOPUS_ARG_DRY_RUN=true
            OCTOPUS_ARG_N=5
            OCTOPUS_ARG_NONE=
            OCTOPUS_ARG_TEXT=a'b
            """);
  }

  @Test
  void failedScriptMayHaveAResult() throws IOException {
    var failed = script("echo '{\"done\": 3}'; exit 1").failed();

    assertThat(failed.reason()).isEqualTo(FailureReason.EXIT_CODE);
    assertThat(failed.resultJson()).isEqualTo("{\"done\": 3}");
  }

  @Test
  void zeroCharactersAreRefused() throws IOException {
    assertThat(script("exit 0").args("[\"a\\u0000b\"]").failed().reason())
        .isEqualTo(FailureReason.BAD_ARGUMENTS);
  }

  @Test
  void timeOutEndsTheTree() throws IOException {
    var call = script("sleep 600 & sleep 600").timeout(Duration.ofSeconds(1));

    assertThat(call.run()).isInstanceOf(ActionOutcome.TimedOut.class);
    assertThat(LinuxProcesses.marked(PluginEnvironment.of(call.context), Path.of("/none")))
        .isEmpty();
  }

  @Test
  void childrenLeftBehindAreEnded() throws IOException {
    var call = script("setsid sleep 600 & echo started");

    call.completed();

    assertThat(call.output.text()).contains("started").contains("left processes running");
    assertThat(LinuxProcesses.marked(PluginEnvironment.of(call.context), Path.of("/none")))
        .isEmpty();
  }

  @Test
  void resultAboveTheLimitIsTooLarge() throws IOException {
    var call = script("printf '{\"a\": \"'; head -c 5000 /dev/zero | tr '\\0' x; echo '\"}'");

    assertThat(call.limit(1000).failed().reason()).isEqualTo(FailureReason.RESULT_TOO_LARGE);
  }

  @Test
  void emptyJarsAndMissingFilesAreNamed() throws IOException {
    var jar = bench.call(bench.plugin("tool.jar", "")).failed();
    var missing = bench.call(bench.work.resolve("gone.py")).failed();

    assertThat(List.of(jar.reason(), missing.reason())).containsOnly(FailureReason.PLUGIN_MISSING);
    assertThat(jar.error().message()).contains("META-INF/services");
  }

  private Workbench.Call script(String code) throws IOException {
    return bench.call(bench.plugin("tool.sh", code + "\n"));
  }
}

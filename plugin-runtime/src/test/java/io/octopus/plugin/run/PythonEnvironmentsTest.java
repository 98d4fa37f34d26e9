package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Packages of plugins, installed by the real pip from wheels that are made here. */
@DisabledOnOs(OS.WINDOWS)
class PythonEnvironmentsTest {

  private static final String TELLS_VERSION =
      """
      # requires: octopus_sample%s
      import octopus_sample
      def main():
          return octopus_sample.VERSION
      """;

  @TempDir Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
  private Workbench bench;

  @BeforeEach
  void open() throws IOException {
    bench = open(InstantSource.system());
  }

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  @Test
  void pluginFindsThePackagesItNames() throws IOException {
    wheel("1.0");
    wheel("2.0");

    assertThat(plugin("").completed().resultJson()).isEqualTo("\"2.0\"");
    assertThat(plugin("==1.0").completed().resultJson()).isEqualTo("\"1.0\"");
    assertThat(environments()).hasSize(2);
  }

  @Test
  void fileBesideThePluginCountsToo() throws IOException {
    wheel("1.0");
    var file =
        bench.plugin(
            "sample.py", "import octopus_sample\ndef main(): return octopus_sample.VERSION");
    Files.writeString(file.resolveSibling("sample.requirements.txt"), "octopus_sample==1.0\n");

    assertThat(bench.call(file).completed().resultJson()).isEqualTo("\"1.0\"");
  }

  @Test
  void manyWhoNeedTheSameWaitForOneBuild() throws IOException {
    wheel("1.0");
    var calls = new ArrayList<Workbench.Call>();
    var running = new ArrayList<RunningAction>();
    for (int i = 0; i < 4; i++) {
      calls.add(plugin("==1.0"));
      running.add(calls.get(i).start());
    }

    assertThat(running.stream().map(Workbench::await))
        .allMatch(new ActionOutcome.Completed("\"1.0\"", null)::equals);

    assertThat(environments()).hasSize(1);
    var log = Files.readString(environments().get(0).resolve("build.log"));
    assertThat(log.split("Successfully installed", -1)).hasSize(2);
    assertThat(calls.get(0).output.log().get(0))
        .startsWith("INFO Preparing an environment with octopus_sample==1.0");
  }

  @Test
  void secondExecutionFindsTheEnvironmentAndTheInterpreterWarm() throws IOException {
    wheel("1.0");
    var file =
        bench.plugin(
            "sample.py", "# requires: octopus_sample\nimport os\ndef main(): return os.getpid()");

    var first = bench.call(file).completed();
    var again = bench.call(file);

    assertThat(again.completed()).isEqualTo(first);
    assertThat(again.output.log()).isEmpty();
  }

  @Test
  void whatPipSaidIsTheFailureAndItIsTriedAgainLater() throws IOException {
    bench.close();
    bench = open(now::get);

    var failed = plugin("==9.9").failed();

    assertThat(failed.reason()).isEqualTo(FailureReason.PLUGIN_MISSING);
    assertThat(failed.error().message())
        .contains("pip install ended with exit code 1", "No matching distribution", "build.log");

    wheel("9.9");
    assertThat(plugin("==9.9").failed().error()).isEqualTo(failed.error());
    now.updateAndGet(time -> time.plusSeconds(31));
    assertThat(plugin("==9.9").completed().resultJson()).isEqualTo("\"9.9\"");
  }

  @Test
  void buildingDoesNotCountAgainstTheTimeLimit() throws IOException {
    var build = Duration.ofMillis(50);
    wheel("1.0");

    var call = plugin("==1.0").timeout(build);

    // The limit is shorter than any build, so the attempt gets to its own start all the same.
    call.run();
    assertThat(call.output.text()).contains("The environment is ready");
    assertThat(environments().get(0).resolve(".ready")).exists();
  }

  @Test
  void cancelledAttemptWaitsNoLonger() throws IOException {
    wheel("1.0");
    var action = plugin("==1.0").start();

    action.cancel();

    assertThat(Workbench.await(action)).isEqualTo(new ActionOutcome.Cancelled());
  }

  @Test
  void interpreterWithoutPipPutsOneIn() throws IOException {
    wheel("1.0");
    try (var poor = workbenchWithout("pip")) {
      var file = poor.plugin("sample.py", TELLS_VERSION.formatted(""));

      assertThat(poor.call(file).completed().resultJson()).isEqualTo("\"1.0\"");
    }
  }

  @Test
  void interpreterThatCannotMakeEnvironmentsSaysSo() throws IOException {
    wheel("1.0");
    try (var poor = workbenchWithout("venv")) {
      var file = poor.plugin("sample.py", TELLS_VERSION.formatted(""));

      var failed = poor.call(file).failed();

      assertThat(failed.reason()).isEqualTo(FailureReason.PLUGIN_MISSING);
      assertThat(failed.error().message()).contains("-m venv ended", "No module named venv");
    }
  }

  @Test
  void environmentsThatNobodyUsesAreRemoved() throws Exception {
    wheel("1.0");
    plugin("==1.0").completed();
    plugin("").completed();
    var old = environments().get(0);
    Files.setLastModifiedTime(
        old.resolve(".ready"), FileTime.from(Instant.now().minus(Duration.ofDays(31))));

    bench.close();
    bench = open(InstantSource.system());

    await().until(() -> !Files.exists(old));
    assertThat(environments()).hasSize(1);
  }

  private Workbench open(InstantSource clock) throws IOException {
    return new Workbench(
        usual ->
            new RunnerSettings(usual.python(), usual.workDirectory(), clock)
                .withPackages(packages()));
  }

  /** As on a host whose Python lacks a module. */
  private Workbench workbenchWithout(String module) throws IOException {
    var python =
        program(
            "python",
            """
            if [ "$2" = %1$s ]; then echo "No module named %1$s"; exit 1; fi
            exec python3 "$@"
            """
                .formatted(module));
    var launcher = program("launcher", "echo '3.11.7|%s'\n".formatted(python));
    return new Workbench(
        usual ->
            new RunnerSettings(launcher, usual.workDirectory(), usual.clock())
                .withPackages(packages()));
  }

  private Path program(String name, String code) throws IOException {
    var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + code);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private PythonPackages packages() {
    return new PythonPackages(
        folder.resolve("venvs"), Optional.of(folder.resolve("wheels")), Duration.ofDays(30));
  }

  private void wheel(String version) throws IOException {
    WheelFile.write(
        folder.resolve("wheels"), "octopus_sample", version, "VERSION = '%s'\n".formatted(version));
  }

  private Workbench.Call plugin(String version) throws IOException {
    return bench.python(TELLS_VERSION.formatted(version));
  }

  private List<Path> environments() throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve("venvs"))) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}

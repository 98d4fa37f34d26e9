package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.octopus.plugin.host.ActionCall;
import io.octopus.plugin.host.CallRequest;
import io.octopus.plugin.host.HostOutput;
import io.octopus.plugin.jar.PluginJarFile;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Trusted Java plugins inside this JVM: fast, interruptible, and gone when they are replaced. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InProcessCallTest {

  /** Its own classes go through the conversion of arguments and results. */
  private static final String WITH_TYPES =
      """
      import io.octopus.plugin.api.*;
      import java.util.*;
      public class Sample implements Plugin {
        public record Box(int w, int h) {}
        @Action public List<Box> main(List<Box> boxes) {
          return List.of(new Box(boxes.get(0).h(), boxes.get(0).w()));
        }
      }
      """;

  private static final HostOutput NOWHERE =
      new HostOutput() {
        @Override
        public void log(String level, String text) {}

        @Override
        public void progress(double fraction, String message) {}
      };

  private final Workbench bench;

  InProcessCallTest() throws IOException {
    bench = new Workbench(usual -> usual.withJava(new JavaPlugins(List.of(), Set.of("sample"))));
  }

  @AfterAll
  void close() throws IOException {
    bench.close();
  }

  @Test
  void itRunsHereOnAThreadOfItsOwn() throws IOException {
    var call =
        plugin(
            """
            context.log().log(System.Logger.Level.INFO, "here");
            context.progress(1, "");
            return java.util.List.of(
                ProcessHandle.current().pid(), Thread.currentThread().getName());
            """);

    assertThat(call.completed().resultJson())
        .isEqualTo("[" + ProcessHandle.current().pid() + ",\"octopus-execution-1\"]");
    assertThat(call.output.log()).containsExactly("INFO here");
    assertThat(call.output.progress).hasSize(1);
  }

  @Test
  void onlyNamedPluginsRunHere() throws IOException {
    var file =
        bench.jar("other.jar", JavaRunnerTest.source("return ProcessHandle.current().pid();"));

    assertThat(bench.call(file).completed().resultJson())
        .isNotEqualTo(Long.toString(ProcessHandle.current().pid()));
  }

  @Test
  void timeLimitInterruptsIt() throws IOException {
    var call = plugin("Thread.sleep(100000); return 1;").timeout(Duration.ofSeconds(1));

    assertThat(call.run()).isEqualTo(new ActionOutcome.TimedOut("Did not end within 1 s"));
    assertThat(call.output.text()).doesNotContain("does not heed");
  }

  @Test
  void actionThatIgnoresItsInterruptEndsTheAttemptAllTheSame() throws IOException {
    var call =
        plugin(
                """
                var end = context.workDirectory().getParent().resolve("may-end");
                while (!java.nio.file.Files.exists(end)) {
                  try { Thread.sleep(20); } catch (InterruptedException stubborn) { }
                }
                return 1;
                """)
            .timeout(Duration.ofSeconds(1));

    assertThat(call.run()).isInstanceOf(ActionOutcome.TimedOut.class);
    assertThat(call.output.text()).contains("does not heed its interrupt");
    try (var sessions = Files.list(bench.work)) {
      Files.createFile(sessions.findFirst().orElseThrow().resolve("may-end"));
    }
  }

  @Test
  void classesOfAReplacedVersionAreLetGo(@TempDir Path folder) throws Exception {
    var plugins = new InProcessPlugins();
    var one = PluginJarFile.write(folder.resolve("one.jar"), WITH_TYPES);
    var two = PluginJarFile.write(folder.resolve("two.jar"), JavaRunnerTest.source("return 2;"));
    var loader = loaderOf(plugins, one);

    plugins.use("sample", two).close();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              System.gc();
              return loader.get() == null;
            });
    plugins.close();
  }

  @Test
  void versionThatStillRunsStaysUntilItsEnd() throws IOException {
    var first =
        bench.jar(
            "sample.jar",
            JavaRunnerTest.source(
                """
                System.setProperty("sample.started", "yes");
                while (System.getProperty("sample.replaced") == null) { Thread.sleep(10); }
                return new Later().value();
                """),
            "public class Later { public int value() { return 1; } }");
    var call = bench.call(first);
    var action = call.start();
    await().until(() -> System.getProperty("sample.started") != null);

    assertThat(plugin("return 2;").completed().resultJson()).isEqualTo("2");
    System.setProperty("sample.replaced", "yes");

    assertThat(Workbench.await(action)).isEqualTo(new ActionOutcome.Completed("1", null));
  }

  /** A reference to what a plugin's classes were loaded by, after calls of an action. */
  private WeakReference<ClassLoader> loaderOf(InProcessPlugins plugins, Path file)
      throws IOException {
    try (var use = plugins.use("sample", file)) {
      var request =
          new CallRequest(
              file, "main", "[[{\"w\": 2, \"h\": 3}]]", "{}", 1000, () -> file, Map.of());
      var answer = ActionCall.run(request, asked -> use.jar(), NOWHERE);
      assertThat(answer.resultJson()).isEqualTo("[{\"w\":3,\"h\":2}]");
      return new WeakReference<>(use.jar().newPlugin().getClass().getClassLoader());
    }
  }

  private Workbench.Call plugin(String body) throws IOException {
    return bench.call(bench.jar("sample.jar", JavaRunnerTest.source(body)));
  }
}

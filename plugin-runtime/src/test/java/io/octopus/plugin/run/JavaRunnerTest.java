package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Java plugins in JVMs of their own: what they say, how they are ended, what they leave behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaRunnerTest {

  private final Workbench bench;

  JavaRunnerTest() throws IOException {
    bench =
        new Workbench(
            usual -> usual.withJava(new JavaPlugins(List.of("-Xmx64m"), java.util.Set.of())));
  }

  @AfterAll
  void close() throws IOException {
    bench.close();
  }

  @Test
  void everythingItSaysIsInTheLogInOrder() throws IOException {
    var call =
        plugin(
            """
            context.log().log(System.Logger.Level.WARNING, "one {0}", 1);
            System.out.println("two");
            System.err.print("thr");
            System.err.println("ee");
            java.util.logging.Logger.getLogger("lib").severe("four");
            System.getLogger("lib").log(System.Logger.Level.INFO, "five");
            context.log().log(System.Logger.Level.DEBUG, "six", new Error("seven"));
            System.out.write("{\\"status\\":\\"failed\\"}\\n\\0\\n".getBytes());
            context.progress(0.5, "half");
            return "result";
            """);

    assertThat(call.completed().resultJson()).isEqualTo("\"result\"");

    assertThat(call.output.text())
        .containsSubsequence(
            "one 1\n", "two\n", "three\n", "lib: four\n", "lib: five\n", "six\n", "seven");
    assertThat(call.output.log().get(0)).isEqualTo("WARNING one 1");
    assertThat(call.output.log()).contains("ERROR lib: four", "INFO lib: five");
    assertThat(call.output.of(OutputSink.Stream.STDOUT)).contains("{\"status\":\"failed\"}\n");
    assertThat(call.output.progress).containsExactly(new CollectedOutput.Progress(0.5, "half"));
  }

  @Test
  void itKnowsItsExecutionAndHasAFolderOfItsOwn() throws IOException {
    var call =
        plugin(
            """
            java.nio.file.Files.writeString(context.workDirectory().resolve("kept.txt"), "x");
            return java.util.List.of(context.taskId(), context.runId(), context.executionId(),
                context.attempt(), context.fireTime().toString(), context.client(),
                context.workDirectory().toString());
            """);

    var result = call.completed().resultJson();

    assertThat(result)
        .contains(
            "\"" + call.context.taskId() + "\",\"run-1\",\"execution-1\",2",
            "\"2026-11-23T10:00:00Z\",\"bench\"",
            bench.work.toString());
    var folder = result.substring(result.lastIndexOf(",\"") + 2, result.lastIndexOf('"'));
    assertThat(Path.of(folder)).doesNotExist();
  }

  @Test
  void exceptionHasTheTraceOfThePluginAlone() throws IOException {
    var failed =
        plugin("throw new IllegalStateException(\"broken\", new Error(\"deep\"));").failed();

    assertThat(failed.reason()).isEqualTo(FailureReason.EXCEPTION);
    assertThat(failed.error().type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failed.error().message()).isEqualTo("broken");
    assertThat(failed.error().traceback())
        .startsWith("java.lang.IllegalStateException: broken\n\tat Sample.main(Sample.java:")
        .contains("Caused by: java.lang.Error: deep")
        .doesNotContain("reflect");
  }

  @Test
  void hostsOwnClassesAndSecretsAreOutOfSight() throws IOException {
    var call =
        plugin(
            """
            var seen = new java.util.ArrayList<String>();
            for (var name : new String[] {"com.fasterxml.jackson.databind.ObjectMapper",
                "io.octopus.plugin.host.JavaHost", "java.sql.Driver"}) {
              try { seen.add(Class.forName(name).getSimpleName()); }
              catch (ClassNotFoundException hidden) { seen.add("-"); }
            }
            System.getenv().keySet().stream().filter(key -> key.startsWith("OCTOPUS"))
                .forEach(seen::add);
            seen.add("" + System.in.read());
            return seen;
            """);

    assertThat(call.completed().resultJson()).isEqualTo("[\"-\",\"-\",\"Driver\",\"-1\"]");
  }

  @Test
  void exitOfTheJvmIsItsExitCode() throws IOException {
    var failed = plugin("System.out.println(\"bye\"); System.exit(3); return 1;").failed();

    assertThat(failed.reason()).isEqualTo(FailureReason.EXIT_CODE);
    assertThat(failed.error().message()).contains("exit code 3").contains("bye");
    assertThat(failed.resultJson()).contains("\"exit_code\":3");
  }

  @Test
  void memoryThatRunsOutFailsTheExecutionOnly() throws IOException {
    var call = plugin("return new long[1 << 30].length;");

    assertThat(call.failed().error().type()).isEqualTo("java.lang.OutOfMemoryError");
    assertThat(plugin("return 1;").completed().resultJson()).isEqualTo("1");
  }

  @Test
  void hangEndsAtTheTimeLimit() throws IOException {
    var call =
        plugin("while (true) { try { Thread.sleep(100000); } catch (Throwable stubborn) { } }")
            .timeout(Duration.ofSeconds(2));

    assertThat(call.run()).isEqualTo(new ActionOutcome.TimedOut("Did not end within 2 s"));
  }

  @Test
  void cancelEndsIt() throws IOException {
    var call = plugin("System.out.println(\"started\"); Thread.sleep(100000); return 1;");
    var action = call.start();
    await().until(() -> call.output.text().contains("started"));

    action.cancel();

    assertThat(Workbench.await(action)).isEqualTo(new ActionOutcome.Cancelled());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatItsChildrenPrintIsInTheLogLive() throws IOException {
    var call =
        plugin(
            """
            new ProcessBuilder("sh", "-c", "echo from a child; cat; exec sleep 1000")
                .inheritIO().start().waitFor();
            return 1;
            """);
    var action = call.start();

    await().until(() -> call.output.text().contains("from a child\n"));
    action.cancel();

    assertThat(Workbench.await(action)).isEqualTo(new ActionOutcome.Cancelled());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void childrenThatItLeavesBehindAreEnded() throws IOException {
    var call =
        plugin(
            """
            var child = new ProcessBuilder("sh", "-c", "setsid sleep 1000 & echo $!").start();
            return Long.parseLong(child.inputReader().readLine());
            """);
    long pid = Long.parseLong(call.completed().resultJson());

    assertThat(ProcessHandle.of(pid).filter(child -> !LinuxProcesses.isZombie(child))).isEmpty();
    assertThat(call.output.text()).contains("left processes running");
  }

  @Test
  void secondExecutionFindsTheJvmWarm() throws IOException {
    var file = bench.jar("sample.jar", source("return ProcessHandle.current().pid();"));

    var first = bench.call(file).completed();

    assertThat(bench.call(file).completed()).isEqualTo(first);
  }

  @Test
  void eachPluginHasAJvmOfItsOwn() throws IOException {
    var one = plugin("return ProcessHandle.current().pid();").completed();
    var other = plugin("return ProcessHandle.current().pid();").completed();

    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void changedContentIsLoadedAnew() throws IOException {
    var file = bench.jar("sample.jar", source("return 1;"));
    bench.call(file).completed();

    var other = bench.jar("sample.jar", source("return \"two\";"));
    Files.copy(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(bench.call(file).completed().resultJson()).isEqualTo("\"two\"");
  }

  @Test
  void doubtfulJvmIsUsedNoMore() throws IOException {
    var file =
        bench.jar(
            "sample.jar",
            source(
                """
                new Thread(() -> { while (true) Thread.onSpinWait(); }, "forgotten") {{
                  setDaemon(true); start();
                }};
                return ProcessHandle.current().pid();
                """));
    var call = bench.call(file);

    var first = call.completed();

    assertThat(call.output.log().get(0)).contains("left threads running: forgotten");
    assertThat(bench.call(file).completed()).isNotEqualTo(first);
  }

  @Test
  void jarWithoutAPluginSaysWhatIsMissing() throws IOException {
    var failed = bench.call(bench.plugin("empty.jar", "not a zip")).failed();

    assertThat(failed.reason()).isEqualTo(FailureReason.PLUGIN_MISSING);
    assertThat(failed.error().message()).contains("names 0 plugins in META-INF/services/");
  }

  @Test
  void constructorThatThrowsIsTheFailure() throws IOException {
    var file =
        bench.jar(
            "sample.jar",
            """
            public class Sample implements io.octopus.plugin.api.Plugin {
              public Sample() { throw new IllegalStateException("not today"); }
              @io.octopus.plugin.api.Action public int main() { return 1; }
            }
            """);

    assertThat(bench.call(file).failed().error())
        .extracting(ActionError::type, ActionError::message)
        .containsExactly("java.lang.IllegalStateException", "not today");
  }

  private Workbench.Call plugin(String body) throws IOException {
    return bench.call(bench.jar("sample.jar", source(body)));
  }

  static String source(String body) {
    return """
    import io.octopus.plugin.api.*;
    public class Sample implements Plugin {
      @Action public Object main(ActionContext context) throws Exception {
    %s
      }
    }
    """
        .formatted(body);
  }
}

package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What happens to a plugin whose worker is killed: it never runs on beside its successor. */
@EnabledOnOs(OS.LINUX)
@Isolated("any runner that starts on this host ends what killed ones have left in their groups")
class OrphanTest {

  private static final String PLUGIN =
      """
      import os, subprocess, sys, time
      def main(folder):
          subprocess.Popen(["sleep", "600"], start_new_session=True)
          with open(os.path.join(folder, "pid.tmp"), "w") as file:
              file.write(str(os.getpid()))
          os.rename(os.path.join(folder, "pid.tmp"), os.path.join(folder, "pid"))
          time.sleep(600)
      """;

  @TempDir private Path folder = Path.of("");
  private @Nullable Process worker;

  /** A worker that will be killed: starts one plugin and waits. */
  public static final class Worker {
    private Worker() {}

    /** Arguments: the folder and the plugin's file name. */
    public static void main(String[] arguments) {
      var folder = Path.of(arguments[0]);
      var runner = PluginRunners.forHost(settings(folder));
      runner
          .start(
              new ActionRequest(
                  folder.resolve(arguments[1]),
                  "sample",
                  "1",
                  "main",
                  "[\"" + folder + "\"]",
                  "{}",
                  Duration.ofMinutes(10),
                  context(folder),
                  1000),
              new CollectedOutput())
          .outcome()
          .toCompletableFuture()
          .join();
    }
  }

  @AfterEach
  void killWorker() {
    if (worker != null) {
      worker.destroyForcibly();
    }
  }

  @Test
  void pythonNoticesItselfThatItsWorkerIsGone() throws IOException {
    Files.writeString(folder.resolve("sample.py"), PLUGIN);
    startWorker("sample.py");
    awaitPlugin();
    assertThat(orphans()).hasSizeGreaterThan(1);

    kill();

    await().atMost(Duration.ofSeconds(20)).until(() -> orphans().isEmpty());
  }

  @Test
  void pluginThatCannotNoticeIsEndedByTheNextRunner() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("sample.py"), PLUGIN);
    startWorker("sample.py");
    long pid = awaitPlugin();
    new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();

    kill();
    assertThat(orphans()).hasSizeGreaterThan(1);
    PluginRunners.forHost(settings(folder)).close();

    assertThat(orphans()).isEmpty();
    try (var left = Files.list(folder.resolve("work"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void scriptIsEndedByTheNextRunner() throws IOException {
    Files.writeString(
        folder.resolve("sample.sh"), "cd \"$1\"; echo $$ > pid.tmp; mv pid.tmp pid; sleep 600\n");
    startWorker("sample.sh");
    awaitPlugin();

    kill();
    assertThat(orphans()).isNotEmpty();
    PluginRunners.forHost(settings(folder)).close();

    assertThat(orphans()).isEmpty();
  }

  @Test
  void runnersOfLivingProcessesAreLeftAlone() throws IOException {
    Files.writeString(folder.resolve("sample.py"), PLUGIN);
    startWorker("sample.py");
    awaitPlugin();

    PluginRunners.forHost(settings(folder)).close();

    assertThat(orphans()).hasSizeGreaterThan(1);
    kill();
    await().atMost(Duration.ofSeconds(20)).until(() -> orphans().isEmpty());
  }

  private static RunnerSettings settings(Path folder) {
    return new RunnerSettings(Path.of("python3"), folder.resolve("work"), InstantSource.system());
  }

  /** Marks the processes of this test alone. */
  private static ActionContext context(Path folder) {
    return new ActionContext(folder.toString(), "run", "execution", 1, Instant.EPOCH, "killed");
  }

  private void startWorker(String plugin) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    worker =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                folder.toString(),
                plugin)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("worker.log").toFile())
            .start();
  }

  private long awaitPlugin() throws IOException {
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(folder.resolve("pid")));
    return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
  }

  private void kill() {
    Optional.ofNullable(worker).ifPresent(process -> process.destroyForcibly().onExit().join());
  }

  private List<ProcessHandle> orphans() {
    return LinuxProcesses.marked(PluginEnvironment.of(context(folder)), folder.resolve("work"))
        .stream()
        .filter(process -> !LinuxProcesses.isZombie(process))
        .toList();
  }
}

package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

/** A thousand executions, many of which end badly, leave nothing behind. */
@Isolated("counts the files and threads of the whole process")
@EnabledOnOs(value = OS.LINUX, disabledReason = "counts in /proc")
class LeakTest {

  private static final int EXECUTIONS = 1000;
  private static final int AT_ONCE = 4;
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final String PLUGIN =
      """
      import os, signal, subprocess, sys, threading, time
      def main(n):
          print("execution", n)
          how = n % 40
          if how == 1: raise ValueError(n)
          if how == 3: os._exit(3)
          if how == 7: subprocess.Popen(["sleep", "600"], start_new_session=True)
          if how == 11: time.sleep(600)
          if how == 15: sys.exit(2)
          if how == 19: os.kill(os.getpid(), signal.SIGKILL)
          if how == 23: threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
          if how == 27: os.mkdir("output"); open("output/file", "w").write("kept")
          if how == 31: [open(os.devnull) for _ in range(5)]
          if how == 35: time.sleep(600)
          return n
      """;
  private static final String SCRIPT = "echo \"$1\"; [ $(($1 % 80)) -ne 21 ] || setsid sleep 600";

  @Test
  void aThousandExecutionsLeaveNothingBehind() throws IOException {
    // What the Java runtime opens for good comes first.
    try (var first = new Workbench()) {
      run(first, 40);
    }
    await().atMost(SOON).until(() -> runnerThreads().isEmpty());
    long files = openFiles();

    Path work;
    try (var bench = new Workbench()) {
      work = bench.work;
      run(bench, EXECUTIONS);

      // Interpreters that wait for their next use, each with an empty folder.
      long waiting = 2L * Runtime.getRuntime().availableProcessors() + 2;
      await().atMost(SOON).until(() -> processesIn(work).size() <= waiting);
      assertThat(foldersIn(work))
          .hasSizeLessThanOrEqualTo((int) waiting)
          .allSatisfy(folder -> assertThat(folder).isEmptyDirectory());
    }

    await().atMost(SOON).until(() -> processesIn(work).isEmpty());
    await().atMost(SOON).until(() -> runnerThreads().isEmpty());
    await().atMost(SOON).until(() -> openFiles() <= files);
    assertThat(work).doesNotExist();
  }

  private static void run(Workbench bench, int executions) throws IOException {
    var python = bench.plugin("sample.py", PLUGIN);
    var script = bench.plugin("tool.sh", SCRIPT);
    var running = new ArrayList<RunningAction>();
    for (int n = 0; n < executions; n++) {
      var how = n % 40;
      var call = bench.call(how == 21 || how == 22 ? script : python).args("[" + n + "]");
      var action =
          call.timeout(Duration.ofMillis(how == 11 || n % 80 == 21 ? 400 : 60_000)).start();
      if (how == 35) {
        action.cancel();
      }
      running.add(action);
      if (running.size() == AT_ONCE) {
        running.forEach(Workbench::await);
        running.clear();
      }
    }
    running.forEach(Workbench::await);
  }

  private static List<ProcessHandle> processesIn(Path work) {
    return LinuxProcesses.marked(Map.of("none", "such"), work);
  }

  private static List<Path> foldersIn(Path work) throws IOException {
    try (var all = Files.find(work, 2, (path, attributes) -> attributes.isDirectory())) {
      return all.filter(path -> path.getFileName().toString().matches("\\d+")).toList();
    }
  }

  private static List<String> runnerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("octopus-runner"))
        .toList();
  }

  private static long openFiles() throws IOException {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }
}

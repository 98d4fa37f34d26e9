package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interpreters are used again, but only by the plugin they know and only without a doubt. */
@Execution(ExecutionMode.SAME_THREAD)
class PythonPoolTest {

  private static final String PID =
      """
      import os
      calls = []
      def main():
          calls.append(1)
          return [os.getpid(), len(calls)]
      """;

  private final Workbench bench;

  PythonPoolTest() throws IOException {
    bench = new Workbench();
  }

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  @Test
  void secondExecutionFindsTheInterpreterAndTheModuleWarm() throws IOException {
    var file = bench.plugin("sample.py", PID);

    var first = bench.call(file).completed().resultJson();
    var second = bench.call(file).completed().resultJson();

    assertThat(first).endsWith(", 1]");
    assertThat(second).isEqualTo(first.replace(", 1]", ", 2]"));
  }

  @Test
  void changedFileIsLoadedAnew() throws IOException {
    var file = bench.plugin("sample.py", "def main():\n    return 1\n");
    bench.call(file).completed();

    Files.writeString(file, "def main():\n    return 'two'\n");

    assertThat(bench.call(file).completed().resultJson()).isEqualTo("\"two\"");
  }

  @Test
  void pluginsNeverShareAnInterpreter() throws IOException {
    var pids = new HashSet<String>();
    for (int n = 0; n < 4; n++) {
      pids.add(bench.python(PID).completed().resultJson());
    }

    assertThat(pids).hasSize(4).allMatch(result -> result.endsWith(", 1]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import threading, time; threading.Thread(target=time.sleep, args=(9,),"
            + " daemon=True).start()",
        "os.chdir('/')",
        "os.environ['OCTOPUS_TASK_ID'] = 'other'",
        "import sys; sys.stdout = open(os.devnull, 'w')",
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "import subprocess; subprocess.Popen(['sleep', '600'])",
        "keep.append(bytearray(300 << 20))",
        "keep.extend(open(os.devnull) for _ in range(50))",
      })
  @EnabledOnOs(OS.LINUX)
  void interpreterInDoubtIsUsedNoMore(String change) throws IOException {
    var file =
        bench.plugin(
            "sample.py",
            "import os\nkeep = []\ndef main(change):\n    if change:\n        "
                + change
                + "\n    return os.getpid()\n");

    var usual = bench.call(file).args("[false]").completed().resultJson();
    var changed = bench.call(file).args("[true]").completed().resultJson();
    var after = bench.call(file).args("[false]").completed().resultJson();

    assertThat(changed).isEqualTo(usual);
    assertThat(after).isNotEqualTo(usual);
  }

  @Test
  void failuresLeaveTheInterpreterInUseAndExitsDoNot() throws IOException {
    var file =
        bench.plugin(
            "sample.py",
            """
            import os, sys
            def main(how):
                if how == "raise":
                    raise ValueError()
                if how == "exit":
                    sys.exit(1)
                return os.getpid()
            """);

    var first = bench.call(file).args("[1]").completed().resultJson();
    bench.call(file).args("[\"raise\"]").failed();
    bench.call(file).args("[]").failed();
    var second = bench.call(file).args("[1]").completed().resultJson();
    bench.call(file).args("[\"exit\"]").failed();
    var third = bench.call(file).args("[1]").completed().resultJson();

    assertThat(second).isEqualTo(first);
    assertThat(third).isNotEqualTo(first);
  }

  @Test
  void deadInterpreterIsReplaced() throws IOException {
    var file = bench.plugin("sample.py", "import os\ndef main():\n    return os.getpid()\n");
    long pid = Long.parseLong(bench.call(file).completed().resultJson());

    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);

    assertThat(Long.parseLong(bench.call(file).completed().resultJson())).isNotEqualTo(pid);
  }

  @Test
  void handlersAndContextOfAnEarlierExecutionAreForgotten() throws IOException {
    var file =
        bench.plugin(
            "sample.py",
            """
            import logging, sys
            from octopus import context
            def main():
                logger = logging.getLogger("mine")
                logger.addHandler(logging.StreamHandler(sys.stdout))
                logger.warning("once")
                return context.task_id
            """);
    bench.call(file).completed();

    var call = bench.call(file);

    assertThat(call.completed().resultJson()).contains(call.context.taskId());
    assertThat(call.output.text()).isEqualTo("once\nmine: once\n");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void manyMixedExecutionsLeaveNothingBehind() throws IOException {
    var file =
        bench.plugin(
            "sample.py",
            """
            import os, subprocess, sys, time
            def main(n):
                print("execution", n)
                if n % 20 == 3: raise ValueError(n)
                if n % 20 == 7: os._exit(3)
                if n % 20 == 11: subprocess.Popen(["sleep", "600"], start_new_session=True)
                if n % 20 == 15: time.sleep(600)
                if n % 20 == 19: sys.exit(2)
                return n
            """);
    bench.call(file).args("[0]").completed();
    long files = openFiles();

    for (int batch = 0; batch < 5; batch++) {
      var running = new ArrayList<RunningAction>();
      for (int n = 0; n < 20; n++) {
        var call = bench.call(file).args("[" + n + "]");
        running.add(call.timeout(n == 15 ? Duration.ofSeconds(2) : Duration.ofMinutes(1)).start());
      }
      running.forEach(Workbench::await);
    }

    // Those that wait for their next use keep theirs, empty.
    await().atMost(Duration.ofSeconds(30)).until(() -> workFolders().size() <= 6);
    assertThat(workFolders()).allSatisfy(folder -> assertThat(folder).isEmptyDirectory());
    await().atMost(Duration.ofSeconds(30)).until(() -> openFiles() <= files + 6 * 6);
    await().atMost(Duration.ofSeconds(30)).until(() -> inWork().size() <= 6);
  }

  private List<ProcessHandle> inWork() {
    return LinuxProcesses.marked(Map.of("none", "such"), bench.work);
  }

  private List<Path> workFolders() throws IOException {
    try (var all = Files.find(bench.work, 2, (path, attributes) -> attributes.isDirectory())) {
      return all.filter(path -> path.getFileName().toString().matches("\\d+")).toList();
    }
  }

  private static long openFiles() throws IOException {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }
}

package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of an attempt is the end of all its processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledOnOs(OS.LINUX)
class ProcessTreeTest {

  /** Ways to start a process that sleeps for long, and that writes its pid into a folder. */
  private static final String CHILDREN =
      """
      import os, signal, subprocess, sys, time
      SLEEP = "import os, sys, time; open(os.path.join(sys.argv[1], str(os.getpid())), 'w'); time.sleep(600)"
      def command(folder):
          return [sys.executable, "-c", SLEEP, folder]
      def sleep_here(folder):
          sys.argv = ["sleep", folder]
          exec(SLEEP, {})
      def plain(folder):
          subprocess.Popen(command(folder))
      def session(folder):
          subprocess.Popen(command(folder), start_new_session=True)
      def daemon(folder):
          if os.fork() == 0:
              os.setsid()
              if os.fork() == 0:
                  os.chdir("/")
                  os.execvpe(sys.executable, command(folder), {"PATH": os.environ["PATH"]})
              os._exit(0)
          os.wait()
      def forked(folder):
          if os.fork() == 0:
              os.setsid()
              if os.fork() == 0:
                  sleep_here(folder)
              os._exit(0)
          os.wait()
      def nested(folder):
          subprocess.Popen(["sh", "-c", '"$@" & wait', "sh"] + command(folder))
      def stubborn(folder):
          signal.signal(signal.SIGTERM, signal.SIG_IGN)
          subprocess.Popen(command(folder))
      def brood(folder):
          for _ in range(4):
              if os.fork() == 0:
                  for _ in range(4):
                      if os.fork() == 0:
                          sleep_here(folder)
                  time.sleep(600)
      def main(how, folder, hang):
          globals()[how](folder)
          while len(os.listdir(folder)) < (16 if how == "brood" else 1):
              time.sleep(0.01)
          print("started")
          while hang:
              time.sleep(0.1)
      """;

  private final Workbench bench;

  ProcessTreeTest() throws IOException {
    bench = new Workbench();
  }

  @AfterAll
  void close() throws IOException {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "session", "daemon", "forked", "nested", "stubborn", "brood"})
  void timeOutEndsChildrenHoweverTheyHide(String how, @TempDir Path folder) throws IOException {
    var call = children(how, folder, true).timeout(Duration.ofSeconds(3));

    var outcome = call.run();

    assertThat(outcome).isEqualTo(new ActionOutcome.TimedOut("Did not end within 3 s"));
    assertThat(call.output.text()).contains("started");
    assertThat(pids(folder)).isNotEmpty().noneMatch(ProcessTreeTest::isAlive);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "session", "daemon", "forked"})
  void childrenLeftBehindAreEndedWithAWarning(String how, @TempDir Path folder) throws IOException {
    var call = children(how, folder, false);

    assertThat(call.completed().resultJson()).isEqualTo("null");
    assertThat(call.output.log()).singleElement().asString().contains("left processes running");
    assertThat(pids(folder)).isNotEmpty().noneMatch(ProcessTreeTest::isAlive);
  }

  @Test
  void cancelEndsTheTree(@TempDir Path folder) throws IOException {
    var call = children("daemon", folder, true);
    var action = call.start();
    await().atMost(Duration.ofSeconds(30)).until(() -> call.output.text().contains("started"));

    action.cancel();

    assertThat(Workbench.await(action)).isEqualTo(new ActionOutcome.Cancelled());
    assertThat(pids(folder)).isNotEmpty().noneMatch(ProcessTreeTest::isAlive);
  }

  @Test
  void cancelAtOnceIsACancelToo() throws IOException {
    var action = bench.python("import time\ndef main():\n    time.sleep(600)\n").start();

    action.cancel();
    action.cancel();

    assertThat(Workbench.await(action)).isEqualTo(new ActionOutcome.Cancelled());
  }

  @Test
  void cancelAfterTheEndChangesNothing() throws IOException {
    var action = bench.python("def main():\n    return 1\n").start();
    var outcome = Workbench.await(action);

    action.cancel();

    assertThat(Workbench.await(action)).isSameAs(outcome);
  }

  @Test
  void endlessLoopThatHoldsTheInterpreterIsEnded() throws IOException {
    var call =
        bench
            .python("import re\ndef main():\n    re.match('(a+)+b', 'a' * 64)\n")
            .timeout(Duration.ofSeconds(2));

    assertThat(call.run()).isInstanceOf(ActionOutcome.TimedOut.class);
  }

  @Test
  void workingDirectoriesAreRemovedWhateverIsInThem() throws IOException {
    bench
        .python(
            """
            import os
            def main():
                os.makedirs("locked/inside")
                open("locked/inside/file", "w").close()
                os.symlink("/", "root")
                os.chmod("locked", 0)
            """)
        .completed();

    try (var left = Files.walk(bench.work)) {
      assertThat(left.filter(path -> path.getFileName().toString().equals("locked"))).isEmpty();
    }
  }

  private Workbench.Call children(String how, Path folder, boolean hang) throws IOException {
    return bench.python(CHILDREN).args("[\"%s\", \"%s\", %s]".formatted(how, folder, hang));
  }

  private static List<Long> pids(Path folder) throws IOException {
    var pids = new ArrayList<Long>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        pids.add(Long.parseLong(file.getFileName().toString()));
      }
    }
    return pids;
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid)
        .filter(process -> process.isAlive() && !LinuxProcesses.isZombie(process))
        .isPresent();
  }
}

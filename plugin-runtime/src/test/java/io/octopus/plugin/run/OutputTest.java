package io.octopus.plugin.run;

import static io.octopus.plugin.run.OutputSink.Stream.LOG;
import static io.octopus.plugin.run.OutputSink.Stream.STDERR;
import static io.octopus.plugin.run.OutputSink.Stream.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin writes comes to the sink: all of it, in order, as text, and while it runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutputTest {

  private final Workbench bench;

  OutputTest() throws IOException {
    bench = new Workbench();
  }

  @AfterAll
  void close() throws IOException {
    bench.close();
  }

  @Test
  void streamsRecordsAndChildrenKeepTheirOrder() throws IOException {
    var call =
        bench.python(
            """
            import logging, os, subprocess, sys
            import octopus
            def main():
                for n in range(20):
                    print("out", n)
                    print("err", n, file=sys.stderr)
                    logging.getLogger("lib").warning("lib %d", n)
                    os.system("echo child %d" % n)
                    subprocess.call("echo complaint %d >&2" % n, shell=True)
                    octopus.log.info("log %d", n)
                    os.write(1, b"raw %d\\n" % n)
            """);

    call.completed();

    var expected = new StringBuilder();
    for (int n = 0; n < 20; n++) {
      expected.append(
          "out %1$d\nerr %1$d\nlib: lib %1$d\nchild %1$d\ncomplaint %1$d\nlog %1$d\nraw %1$d\n"
              .formatted(n));
    }
    assertThat(call.output.text()).isEqualTo(expected.toString());
  }

  @Test
  void outputArrivesWhileThePluginRuns(@TempDir Path folder) throws IOException {
    var call =
        bench
            .python(
                """
                import os, time
                def main(go):
                    print("a line")
                    os.system("echo of a child")
                    print("no end yet", end="")
                    while not os.path.exists(go):
                        time.sleep(0.01)
                    print(", the end")
                """)
            .args("[\"" + folder.resolve("go") + "\"]");

    var action = call.start();

    await().until(() -> call.output.text().equals("a line\nof a child\nno end yet"));
    Files.createFile(folder.resolve("go"));
    Workbench.await(action);
    assertThat(call.output.text()).isEqualTo("a line\nof a child\nno end yet, the end\n");
  }

  @Test
  void linesAreEndedWhenAnotherStreamComesBetween() throws IOException {
    var call =
        bench.python(
            """
            import sys
            def main():
                print("half", end="")
                print("other", file=sys.stderr)
                print()
                print("last", end="")
            """);

    call.completed();

    assertThat(call.output.text()).isEqualTo("half\nother\nlast\n");
    assertThat(call.output.of(STDERR)).isEqualTo("other\n");
  }

  @Test
  void binaryAndForeignLineEndsBecomeText() throws IOException {
    var call =
        bench.python(
            """
            import sys
            def main():
                sys.stdout.buffer.write(b"a\\xffb\\x00c\\r\\nd\\re\\n")
                for byte in "ü🐙".encode("utf-8"):
                    sys.stdout.buffer.write(bytes([byte]))
                print("\\x1b[31mred\\x1b[0m\\ud800")
            """);

    call.completed();

    assertThat(call.output.of(STDOUT))
        .isEqualTo("a\uFFFDb\uFFFDc\nd\ne\nü🐙\u001b[31mred\u001b[0m\\ud800\n");
  }

  @Test
  void recordsKeepTheirLevel() throws IOException {
    var call =
        bench.python(
            """
            import logging
            import octopus
            def main():
                logging.debug("unseen")
                logging.basicConfig(level=logging.DEBUG)
                logging.debug("seen")
                octopus.log.debug("detail")
                logging.error("bad: %s", "ü")
                try:
                    1 / 0
                except ZeroDivisionError:
                    logging.exception("worse")
            """);

    call.completed();

    assertThat(call.output.log().subList(0, 3))
        .containsExactly("DEBUG seen", "DEBUG detail", "ERROR bad: ü");
    assertThat(call.output.log().get(3))
        .startsWith("ERROR worse\nTraceback")
        .endsWith("ZeroDivisionError: division by zero");
  }

  @Test
  void resultThatIsNotJsonIsWarnedAbout() throws IOException {
    var call = bench.python("def main():\n    return {'raw': b'x', 'n': 1}\n");

    assertThat(call.completed().resultJson()).isEqualTo("{\"raw\": \"b'x'\", \"n\": 1}");
    assertThat(call.output.log())
        .containsExactly("WARNING Not JSON, kept as text: result.raw (bytes)");
  }

  @Test
  void progressIsReportedInOrderAndWithinBounds() throws IOException {
    var call =
        bench.python(
            """
            import octopus
            def main():
                octopus.progress(0.5, "half")
                octopus.progress(7)
                octopus.progress(-1, 3)
            """);

    call.completed();

    assertThat(call.output.progress)
        .containsExactly(
            new CollectedOutput.Progress(0.5, "half"),
            new CollectedOutput.Progress(1, ""),
            new CollectedOutput.Progress(0, "3"));
  }

  @Test
  void floodOfOutputComesThroughWhole() throws IOException {
    var call =
        bench.python(
            """
            import subprocess, sys
            def main():
                line = "x" * 99 + "\\n"
                for _ in range(1000):
                    sys.stdout.write(line * 100)
                subprocess.call([sys.executable, "-c",
                    "import sys\\nfor _ in range(1000): sys.stdout.write(('y' * 99 + chr(10)) * 100)"])
            """);

    call.completed();

    assertThat(call.output.text()).hasSize(20_000_000).endsWith("y\n");
  }

  @Test
  void printsOfForkedChildrenAreOutputToo() throws IOException {
    var call =
        bench.python(
            """
            import logging, os
            def main():
                child = os.fork()
                if child == 0:
                    print("child prints")
                    logging.warning("child warns")
                    os._exit(0)
                os.waitpid(child, 0)
                print("parent prints")
            """);

    call.completed();

    assertThat(call.output.text()).isEqualTo("child prints\nWARNING child warns\nparent prints\n");
  }

  @Test
  void tracebackShowsThePluginsFramesOnly() throws IOException {
    var call =
        bench.python(
            """
            import json
            async def main():
                inner()
            def inner():
                json.loads("{")
            """);

    var error = call.failed().error();

    assertThat(error.type()).isEqualTo("json.decoder.JSONDecodeError");
    assertThat(withoutMarkers(String.valueOf(error.traceback())))
        .startsWith(
            """
            Traceback (most recent call last):
              File "sample.py", line 3, in main
                inner()
              File "sample.py", line 5, in inner
            """)
        .contains("json/decoder.py")
        .doesNotContain("octopus_");
  }

  /** Newer Pythons underline the place in the line. */
  private static String withoutMarkers(String traceback) {
    return traceback.replaceAll("(?m)^[ ~^]+\\n", "");
  }

  @Test
  void threadsLeftBehindAreWarnedAbout() throws IOException {
    var call =
        bench.python(
            """
            import threading, time
            def main():
                threading.Thread(target=time.sleep, args=(60,), name="sleeper").start()
                return 1
            """);

    assertThat(call.completed().resultJson()).isEqualTo("1");
    assertThat(call.output.of(LOG)).contains("sleeper");
  }
}

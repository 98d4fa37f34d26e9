package io.octopus.bench;

import io.octopus.plugin.python.PythonInterpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How many no-op Python actions one worker with two slots runs per second, beside a fresh
 * interpreter for each and beside bare pipes.
 *
 * <p>Arguments, all optional: the file for the numbers as JSON, the rounds, a round's seconds, the
 * interpreter.
 */
public final class RuntimeThroughput {

  private static final int SLOTS = 2;

  private RuntimeThroughput() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var file = Path.of(argument(arguments, 0, "bench/target/runtime.json"));
    var race =
        new Race(
            SLOTS,
            Integer.parseInt(argument(arguments, 1, "7")),
            Duration.ofSeconds(Integer.parseInt(argument(arguments, 2, "2"))));
    var python = new PythonInterpreter(Path.of(argument(arguments, 3, "python3"))).find();
    var folder = Files.createTempDirectory("octopus-bench");
    var plugin = Files.writeString(folder.resolve("noop.py"), "def main():\n    pass\n");
    List<Race.Result> results;
    try (var fresh = new FreshInterpreter(python.program(), plugin);
        var runtime = new WarmRuntime(python.program(), plugin, folder.resolve("work"));
        var bare = new BarePipe(python.program(), SLOTS)) {
      results = race.run(List.of(fresh, runtime, bare));
    } finally {
      remove(folder, plugin);
    }
    var machine = Machine.describe("Python " + python.version());
    Table.print("No-op Python actions per second, " + SLOTS + " slots", machine, results);
    System.out.printf(
        "The runtime does %.1f x a fresh python3 per call, and %.2f of the bare pipe round trip.%n",
        results.get(1).median() / results.get(0).median(),
        results.get(1).median() / results.get(2).median());
    Table.write(file, machine, results);
  }

  private static void remove(Path folder, Path plugin) throws IOException {
    Files.deleteIfExists(plugin);
    Files.deleteIfExists(folder.resolve("work"));
    Files.deleteIfExists(folder);
  }

  private static String argument(String[] arguments, int index, String otherwise) {
    return index < arguments.length ? arguments[index] : otherwise;
  }
}

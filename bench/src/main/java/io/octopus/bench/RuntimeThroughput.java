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
    var file = Path.of(Arguments.at(arguments, 0, "bench/target/runtime.json"));
    var race =
        new Race(
            SLOTS,
            Arguments.number(arguments, 1, 7),
            Duration.ofSeconds(Arguments.number(arguments, 2, 2)));
    var python = new PythonInterpreter(Path.of(Arguments.at(arguments, 3, "python3"))).find();
    List<Race.Result> results;
    try (var folder = TemporaryFolder.create()) {
      results = run(race, python.program(), folder.path());
    }
    var machine = Machine.describe("Python " + python.version());
    Table.print("No-op Python actions per second, " + SLOTS + " slots", machine, results);
    System.out.printf(
        "The runtime does %.1f x a fresh python3 per call, and %.2f of the bare pipe round trip.%n",
        results.get(1).median() / results.get(0).median(),
        results.get(1).median() / results.get(2).median());
    Table.write(file, machine, results);
  }

  private static List<Race.Result> run(Race race, Path python, Path folder)
      throws IOException, InterruptedException {
    var plugin = Files.writeString(folder.resolve("noop.py"), "def main():\n    pass\n");
    try (var fresh = new FreshInterpreter(python, plugin);
        var runtime = new WarmRuntime(python, plugin, folder.resolve("work"));
        var bare = new BarePipe(python, SLOTS)) {
      return race.run(List.of(fresh, runtime, bare));
    }
  }
}

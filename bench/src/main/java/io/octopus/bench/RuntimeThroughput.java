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
 * <p>A bare round trip that nobody else is beside is mostly the waking of a processor that had
 * nothing to do; two at once keep both processors awake and are many times as fast.
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
            Arguments.number(arguments, 1, 7),
            Duration.ofSeconds(Arguments.number(arguments, 2, 2)));
    var python = new PythonInterpreter(Path.of(Arguments.at(arguments, 3, "python3"))).find();
    List<Race.Result> results;
    try (var folder = TemporaryFolder.create()) {
      results = run(race, python.program(), folder.path());
    }
    var machine = Machine.describe("Python " + python.version());
    Table.print("No-op Python actions per second", machine, results);
    double fresh = results.get(0).median();
    double slots = results.get(1).median();
    double oneByOne = results.get(2).median();
    double roundTrip = results.get(3).median();
    double roundTrips = results.get(4).median();
    System.out.printf(
        "%d slots do %.1f x a fresh python3 per call, and %.2f of the bare pipe round trip.%n",
        SLOTS, slots / fresh, slots / roundTrip);
    System.out.printf(
        "Like with like: %.2f of the bare pipe one at a time, %.2f with %d at once.%n",
        oneByOne / roundTrip, slots / roundTrips, SLOTS);
    Table.write(file, machine, results);
  }

  private static List<Race.Result> run(Race race, Path python, Path folder)
      throws IOException, InterruptedException {
    var plugin = Files.writeString(folder.resolve("noop.py"), "def main():\n    pass\n");
    try (var fresh = new FreshInterpreter(python, plugin, SLOTS);
        var runtime = new WarmRuntime(python, plugin, folder.resolve("work"), SLOTS);
        var oneByOne = new WarmRuntime(python, plugin, folder.resolve("work"), 1);
        var roundTrip = new BarePipe(python, 1);
        var bare = new BarePipe(python, SLOTS)) {
      return race.run(List.of(fresh, runtime, oneByOne, roundTrip, bare));
    }
  }
}

package io.octopus.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * How many Adhoc no-op tasks per second go from a POST to a final row, everything fsynced, with
 * more and more workers, and with more and more finished tasks in the database.
 *
 * <p>Each number of workers has a fresh coordinator of its own, so that nothing but those workers
 * runs. The histories are there side by side and take turns; each of them grows by what is
 * measured.
 *
 * <p>Arguments, all optional: tasks in a round, rounds, the longest history, the file for the
 * numbers as JSON.
 */
public final class Scale {

  private static final int[] WORKERS = {1, 2, 4, 8};
  private static final int SLOTS = 8;

  /** So many tasks run before, for the history to be made of. */
  private static final int ORIGINALS = 20;

  private Scale() {}

  /** A product in a state, and what it did in the rounds. */
  private record Lane(Installed octopus, FinalRows rows, Race.Result result)
      implements AutoCloseable {

    Lane(String title, Installed octopus) throws SQLException {
      this(octopus, new FinalRows(octopus.data()), new Race.Result(title, new ArrayList<>()));
    }

    /** How many tasks per second; finished ones are counted outside of the time. */
    double measure(int times) throws SQLException, InterruptedException {
      long before = rows.count();
      long start = System.nanoTime();
      new Posts(octopus.apiPort(), DurableThroughput.CONNECTIONS)
          .post(Posts.adhoc(NoOp.JAVA), times);
      rows.awaitAll();
      double rate = times * 1e9 / (System.nanoTime() - start);
      rows.expect(before + times);
      return rate;
    }

    @Override
    public void close() throws IOException, SQLException {
      try (octopus) {
        rows.close();
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    int times = Arguments.number(arguments, 0, 4000);
    int rounds = Arguments.number(arguments, 1, 5);
    int history = Arguments.number(arguments, 2, 1_000_000);
    var file = Path.of(Arguments.at(arguments, 3, "bench/target/scale.json"));
    var results = new ArrayList<Race.Result>();
    for (int workers : WORKERS) {
      results.add(fleet(workers, times, rounds));
    }
    var histories = histories(List.of(0, history / 100, history), times, rounds);
    results.addAll(histories);
    var machine = Machine.describe("SQLite, synchronous=FULL");
    Table.print("Tasks per second, " + times + " in a round", machine, results);
    for (int n = 1; n < WORKERS.length; n++) {
      System.out.printf(
          "%d workers: %.2f x one worker%n",
          WORKERS[n], results.get(n).median() / results.get(0).median());
    }
    for (var longer : histories.subList(1, histories.size())) {
      System.out.printf(
          "%s: %.2f x no history%n", longer.title(), longer.median() / histories.get(0).median());
    }
    Table.write(file, machine, results);
  }

  private static Race.Result fleet(int workers, int times, int rounds) throws Exception {
    try (var lane = new Lane(workers == 1 ? "1 worker" : workers + " workers", new Installed())) {
      NoOp.java(lane.octopus().plugins());
      for (int n = 1; n <= workers; n++) {
        addWorker(lane.octopus(), "worker-" + n);
      }
      race(List.of(lane), times, rounds);
      return lane.result();
    }
  }

  private static List<Race.Result> histories(List<Integer> lengths, int times, int rounds)
      throws Exception {
    var lanes = new ArrayList<Lane>();
    try {
      for (int length : lengths) {
        lanes.add(new Lane(length + " finished before", aged(length)));
      }
      race(lanes, times, rounds);
      return lanes.stream().map(Lane::result).toList();
    } finally {
      for (var lane : lanes) {
        lane.close();
      }
    }
  }

  /** With so many finished tasks, and started only then. */
  private static Installed aged(int tasks) throws Exception {
    var octopus = new Installed();
    try {
      NoOp.java(octopus.plugins());
      addWorker(octopus, "worker-1");
      try (var rows = new FinalRows(octopus.data())) {
        DurableThroughput.complete(octopus, rows, NoOp.JAVA, ORIGINALS);
      }
      octopus.killAll();
      long start = System.nanoTime();
      History.fill(octopus.data(), tasks);
      System.out.printf(
          "%d finished tasks put there in %.0f s%n", tasks, (System.nanoTime() - start) / 1e9);
      octopus.start();
      addWorker(octopus, "worker-1");
      return octopus;
    } catch (Exception broken) {
      octopus.close();
      throw broken;
    }
  }

  private static void addWorker(Installed octopus, String name)
      throws IOException, InterruptedException {
    octopus.addWorker(name, SLOTS, "client.java-in-process=" + NoOp.JAVA);
  }

  /**
   * Round by round, all in turn, each told at once because all take a quarter of an hour; the first
   * round warms up and does not count.
   */
  private static void race(List<Lane> lanes, int times, int rounds) throws Exception {
    for (int round = 0; round <= rounds; round++) {
      for (var lane : lanes) {
        double rate = lane.measure(times);
        System.out.printf("%s, round %d: %.1f tasks/s%n", lane.result().title(), round, rate);
        if (round > 0) {
          lane.result().rounds().add(rate);
        }
      }
    }
  }
}

package io.octopus.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How many Adhoc no-op tasks per second go from a POST to a final row, everything fsynced, beside
 * db-scheduler doing as many one-time tasks and beside bare inserts.
 *
 * <p>Arguments, all optional: tasks in a round, rounds, the file for the numbers as JSON.
 */
public final class DurableThroughput {

  static final int CONNECTIONS = 16;
  private static final int SLOTS = 32;

  /** Until then the compilers of a JVM take a third of both processors. */
  private static final int WARM_UP_ROUNDS = 3;

  private DurableThroughput() {}

  /** One way to do a number of tasks, or to write as many rows. */
  private interface Batch {
    void run(int times) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    int times = Arguments.number(arguments, 0, 4000);
    int rounds = Arguments.number(arguments, 1, 5);
    var file = Path.of(Arguments.at(arguments, 2, "bench/target/throughput.json"));
    try (var octopus = new Installed();
        var reference = new DbScheduler();
        var bare = new BareInserts()) {
      NoOp.java(octopus.plugins());
      NoOp.python(octopus.plugins());
      octopus.addWorker("bench", SLOTS, "client.java-in-process=" + NoOp.JAVA);
      try (var rows = new FinalRows(octopus.data())) {
        var results =
            race(
                times,
                rounds,
                List.of(
                    "Octopus, Java no-op",
                    "Octopus, Python no-op",
                    "db-scheduler, fsync",
                    "JDBC rows, 400 a commit",
                    "JDBC rows, one by one"),
                List.of(
                    n -> complete(octopus, rows, NoOp.JAVA, n),
                    n -> complete(octopus, rows, NoOp.PYTHON, n),
                    n -> reference.run(n, CONNECTIONS),
                    n -> bare.write(n, 400),
                    n -> bare.write(n, 1)));
        var machine = Machine.describe("SQLite, synchronous=FULL");
        Table.print("Tasks (or rows) per second, " + times + " in a round", machine, results);
        double one = results.get(2).median();
        System.out.printf(
            "Java no-op: %.2f x db-scheduler. Python no-op: %.2f x db-scheduler.%n",
            results.get(0).median() / one, results.get(1).median() / one);
        Table.write(file, machine, results);
      }
    }
  }

  /** Posts the tasks and waits until every one of them is final. */
  static void complete(Installed octopus, FinalRows rows, String plugin, int times)
      throws Exception {
    long before = rows.count();
    new Posts(octopus.apiPort(), CONNECTIONS).post(Posts.adhoc(plugin), times);
    rows.await(before + times);
  }

  private static List<Race.Result> race(
      int times, int rounds, List<String> titles, List<Batch> batches) throws Exception {
    var results = new ArrayList<Race.Result>();
    titles.forEach(title -> results.add(new Race.Result(title, new ArrayList<>())));
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      for (int n = 0; n < batches.size(); n++) {
        long start = System.nanoTime();
        batches.get(n).run(times);
        double rate = times * 1e9 / (System.nanoTime() - start);
        if (round >= 0) {
          results.get(n).rounds().add(rate);
        }
      }
    }
    return results;
  }
}

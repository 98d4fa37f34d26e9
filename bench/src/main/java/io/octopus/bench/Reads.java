package io.octopus.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * How many reads per second the API answers, and how long one takes, when there are very many
 * executions: single tasks, and pages of the list of executions. One in twenty failed, and one in
 * twenty ran on the client {@code south}; nothing failed there, so that the page of both has to
 * look at everything of one of them.
 *
 * <p>Arguments, all optional: executions, a round's seconds, rounds, the file for the numbers as
 * JSON.
 */
public final class Reads {

  private static final int[] CONNECTIONS = {16, 1};
  private static final String BROKEN = "broken";
  private static final String BROKEN_SOURCE =
      "def main():\n    raise ValueError('so it is meant')\n";
  private static final int ORIGINALS = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Reads() {}

  /** A kind of read, and what it did in the rounds. */
  private record Read(
      String title,
      int connections,
      Supplier<String> path,
      Race.Result perSecond,
      Race.Result half,
      Race.Result most,
      Race.Result nearlyAll) {

    Read(String title, int connections, Supplier<String> path) {
      this(
          title,
          connections,
          path,
          result(title, connections, "reads per second"),
          result(title, connections, "p50 ms"),
          result(title, connections, "p95 ms"),
          result(title, connections, "p99 ms"));
    }

    private static Race.Result result(String title, int connections, String what) {
      return new Race.Result(title + ", " + connections + " at once, " + what, new ArrayList<>());
    }

    void round(int port, double seconds, boolean counts) throws InterruptedException {
      long start = System.nanoTime();
      var millis = read(port, start + (long) (seconds * 1e9));
      double took = (System.nanoTime() - start) / 1e9;
      if (counts) {
        perSecond.rounds().add(millis.size() / took);
        half.rounds().add(Posts.percentile(millis, 0.5));
        most.rounds().add(Posts.percentile(millis, 0.95));
        nearlyAll.rounds().add(Posts.percentile(millis, 0.99));
      }
    }

    /** What each read took, sorted. */
    private List<Double> read(int port, long end) throws InterruptedException {
      var threads = Executors.newFixedThreadPool(connections);
      try {
        var work = new ArrayList<Callable<List<Double>>>();
        for (int n = 0; n < connections; n++) {
          work.add(() -> readOn(port, end));
        }
        var all = new ArrayList<Double>();
        for (var done : threads.invokeAll(work)) {
          all.addAll(done.get());
        }
        return all.stream().sorted().toList();
      } catch (ExecutionException failed) {
        throw new IllegalStateException(title + " failed", failed.getCause());
      } finally {
        threads.shutdownNow();
      }
    }

    private List<Double> readOn(int port, long end) throws IOException {
      var millis = new ArrayList<Double>();
      try (var connection = new Connection(port)) {
        for (long before = System.nanoTime(); before < end; ) {
          found(connection.get(path.get()));
          long after = System.nanoTime();
          millis.add((after - before) / 1e6);
          before = after;
        }
      }
      return millis;
    }

    List<Race.Result> results() {
      return List.of(perSecond, half, most, nearlyAll);
    }
  }

  public static void main(String[] arguments) throws Exception {
    int rows = Arguments.number(arguments, 0, 1_000_000);
    int seconds = Arguments.number(arguments, 1, 5);
    int rounds = Arguments.number(arguments, 2, 3);
    var file = Path.of(Arguments.at(arguments, 3, "bench/target/reads.json"));
    try (var octopus = new Installed()) {
      runOriginals(octopus);
      octopus.killAll();
      History.fill(octopus.data(), rows - ORIGINALS);
      octopus.start();
      var reads = reads(octopus);
      for (int round = 0; round <= rounds; round++) {
        for (var read : reads) {
          // the first round warms up and does not count
          read.round(octopus.apiPort(), seconds, round > 0);
        }
      }
      var machine = Machine.describe("SQLite");
      print("Reads over HTTP, " + rows + " executions", machine, reads);
      Table.write(file, machine, reads.stream().flatMap(read -> read.results().stream()).toList());
    }
  }

  private static void runOriginals(Installed octopus) throws Exception {
    NoOp.java(octopus.plugins());
    Files.writeString(octopus.plugins().resolve(BROKEN + ".py"), BROKEN_SOURCE);
    octopus.addWorker("north", 2, "client.java-in-process=" + NoOp.JAVA);
    octopus.addWorker("south", 2, "client.java-in-process=" + NoOp.JAVA);
    try (var rows = new FinalRows(octopus.data())) {
      new Posts(octopus.apiPort(), 1).post(Reads::original, ORIGINALS);
      rows.await(ORIGINALS);
    }
  }

  private static String original(int number) {
    return switch (number) {
      case 5 -> task("south", NoOp.JAVA);
      case 15 -> task("north", BROKEN);
      default -> task("north", NoOp.JAVA);
    };
  }

  private static String task(String owner, String plugin) {
    return """
    {"owner":"%s","plugin":"%s","retry":{"max_attempts":1}}\
    """
        .formatted(owner, plugin);
  }

  private static List<Read> reads(Installed octopus) throws IOException, SQLException {
    var tasks = tasks(octopus.data());
    var second = "/executions?cursor=" + secondPage(octopus.apiPort());
    var all = new ArrayList<Read>();
    for (int connections : CONNECTIONS) {
      all.add(
          new Read(
              "a task",
              connections,
              () -> "/tasks/" + tasks.get(ThreadLocalRandom.current().nextInt(tasks.size()))));
      all.add(page("first page", connections, "/executions"));
      all.add(page("second page", connections, second));
      all.add(page("completed", connections, "/executions?status=Completed"));
      all.add(page("failed, 1 in 20", connections, "/executions?status=Failed"));
      all.add(page("one client's, 1 in 20", connections, "/executions?client=south"));
      all.add(page("one client's failed", connections, "/executions?client=north&status=Failed"));
      all.add(page("one client's, of none", connections, "/executions?client=south&status=Failed"));
    }
    return all;
  }

  private static Read page(String title, int connections, String path) {
    return new Read(title, connections, () -> path);
  }

  private static List<String> tasks(Path data) throws SQLException {
    var ids = new ArrayList<String>();
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("octopus.db"));
        var select = database.createStatement();
        var rows = select.executeQuery("SELECT id FROM tasks")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  private static String secondPage(int port) throws IOException {
    try (var connection = new Connection(port)) {
      var page = JSON.readTree(found(connection.get("/executions")).body());
      return page.path("next_cursor").asText();
    }
  }

  private static Connection.Answer found(Connection.Answer answer) throws IOException {
    if (answer.status() != 200) {
      throw new IOException("answered " + answer.status() + ": " + answer.body());
    }
    return answer;
  }

  private static void print(String title, String machine, List<Read> reads) {
    System.out.println(title);
    System.out.println(machine);
    System.out.printf(
        "%n%-34s %10s %10s %10s %9s %9s %9s%n",
        "", "reads/s", "min", "max", "p50 ms", "p95 ms", "p99 ms");
    for (var read : reads) {
      System.out.printf(
          "%-34s %10.1f %10.1f %10.1f %9.2f %9.2f %9.2f%n",
          read.title() + ", " + read.connections() + " at once",
          read.perSecond().median(),
          read.perSecond().least(),
          read.perSecond().most(),
          read.half().median(),
          read.most().median(),
          read.nearlyAll().median());
    }
    System.out.println();
  }
}

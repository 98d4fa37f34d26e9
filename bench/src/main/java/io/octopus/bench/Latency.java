package io.octopus.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long it takes from sending a POST to the start of the plugin, and to the final state as a
 * reader sees it: on an idle system, and while tasks come at half of the rate it can do.
 *
 * <p>The plugin returns the time at which it started; all clocks are this machine's one clock.
 *
 * <p>Arguments, all optional: samples, the load in tasks per second (0: idle only).
 */
public final class Latency {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> PLUGINS = List.of(NoOp.JAVA, NoOp.PYTHON);

  /**
   * So many tasks of each plugin before the first that counts: the code that runs them is compiled
   * by then.
   */
  private static final int WARM_UP = 16_000;

  private Latency() {}

  private record Sample(double toStart, double toFinal) {}

  public static void main(String[] arguments) throws Exception {
    int samples = Arguments.number(arguments, 0, 1000);
    int load = Arguments.number(arguments, 1, 500);
    try (var octopus = new Installed()) {
      NoOp.java(octopus.plugins());
      NoOp.python(octopus.plugins());
      octopus.addWorker("bench", 8, "client.java-in-process=" + NoOp.JAVA);
      System.out.println(Machine.describe("SQLite, synchronous=FULL"));
      for (var plugin : PLUGINS) {
        new Posts(octopus.apiPort(), DurableThroughput.CONNECTIONS)
            .post(Posts.adhoc(plugin), WARM_UP);
      }
      for (var plugin : PLUGINS) {
        measure(octopus, plugin, samples / 2);
        print(plugin + ", idle", measure(octopus, plugin, samples));
        if (load > 0) {
          var threads = Executors.newFixedThreadPool(4);
          var stop = new CompletableFuture<Void>();
          for (int n = 0; n < 4; n++) {
            threads.execute(() -> keepPosting(octopus, plugin, load / 4.0, stop));
          }
          print(plugin + ", " + load + " tasks/s beside", measure(octopus, plugin, samples));
          stop.complete(null);
          threads.shutdown();
          threads.awaitTermination(1, TimeUnit.MINUTES);
        }
      }
    }
  }

  private static void print(String title, List<Sample> samples) {
    System.out.println(title);
    System.out.println(
        "  POST to plugin start: "
            + Posts.percentiles(samples.stream().map(Sample::toStart).toList()));
    System.out.println(
        "  POST to final state:  "
            + Posts.percentiles(samples.stream().map(Sample::toFinal).toList()));
  }

  private static List<Sample> measure(Installed octopus, String plugin, int times)
      throws IOException, SQLException {
    var samples = new ArrayList<Sample>();
    try (var connection = new Connection(octopus.apiPort());
        var rows = new FinalRows(octopus.data())) {
      for (int n = 0; n < times; n++) {
        samples.add(sample(connection, rows, plugin));
      }
    }
    return samples;
  }

  /** Looks into the database: to ask over HTTP all the time would keep the coordinator busy. */
  private static Sample sample(Connection connection, FinalRows rows, String plugin)
      throws IOException, SQLException {
    long sent = NoOpPlugin.micros();
    var task = JSON.readTree(Posts.accepted(connection.post("/tasks", Posts.adhoc(plugin))).body());
    var result = JSON.readTree(rows.awaitResult(task.path("id").asText() + "-1-1"));
    long seen = NoOpPlugin.micros();
    return new Sample((result.path("started").asLong() - sent) / 1000.0, (seen - sent) / 1000.0);
  }

  private static void keepPosting(
      Installed octopus, String plugin, double perSecond, CompletableFuture<Void> stop) {
    long pause = (long) (1e9 / perSecond);
    long next = System.nanoTime();
    try (var connection = new Connection(octopus.apiPort())) {
      while (!stop.isDone()) {
        Posts.accepted(connection.post("/tasks", Posts.adhoc(plugin)));
        next += pause;
        LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
      }
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }
}

package io.octopus.bench;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What very many schedules cost one coordinator: half of them hourly intervals spread over the
 * hour, half cron expressions that fire at a minute of each hour, so that many are due at once.
 * They are for ALL on a fleet of nobody, so that a firing is a decision and a commit and no more.
 *
 * <p>Prints how late they fire, the memory, and the time from a kill until the API is ready again.
 *
 * <p>Arguments, all optional: tasks, seconds to watch. The heap is what {@code OCTOPUS_JAVA_OPTS}
 * says, such as {@code -Xmx1g}.
 */
public final class Schedules {

  private static final int HOUR = 3600;

  private Schedules() {}

  public static void main(String[] arguments) throws Exception {
    int tasks = Arguments.number(arguments, 0, 100_000);
    int seconds = Arguments.number(arguments, 1, 300);
    var clock = Clock.systemUTC();
    try (var octopus = new Installed()) {
      NoOp.python(octopus.plugins());
      var posts = new Posts(octopus.apiPort(), DurableThroughput.CONNECTIONS);
      long start = System.nanoTime();
      var from = clock.instant().plusSeconds(30);
      posts.post(number -> task(number, from), tasks);
      System.out.println(Machine.describe("SQLite, synchronous=FULL"));
      System.out.printf(
          "%d schedules created in %.0f s%n", tasks, (System.nanoTime() - start) / 1e9);
      var watched = clock.instant();
      TimeUnit.SECONDS.sleep(seconds);
      var lateness = lateness(octopus.data(), watched, clock.instant());
      System.out.printf(
          "%d firings in %d s: late by %s%n",
          lateness.size(), seconds, lateness.isEmpty() ? "-" : Posts.percentiles(lateness));
      System.out.printf(
          "coordinator's memory: %.0f MB resident%n",
          new Memory(octopus.coordinatorPid()).residentMegabytes());
      octopus.killCoordinator();
      System.out.printf("ready again %.1f s after a kill%n", octopus.start().toMillis() / 1000.0);
    }
  }

  private static String task(int number, Instant from) {
    var schedule =
        number % 2 == 0
            ? "\"type\":\"Interval\",\"interval\":\"1h\",\"execution_start_time\":\"%s\""
                .formatted(from.plus(Duration.ofMillis(number * 1000L % (HOUR * 1000L))))
            : "\"type\":\"Scheduled\",\"cron\":\"%d * * * *\",\"time_zone\":\"UTC\""
                .formatted(number / 2 % 60);
    return "{\"owner\":\"ALL\",\"plugin\":\"" + NoOp.PYTHON + "\"," + schedule + "}";
  }

  /** From the nominal time to the commit's decision, of the runs that started in this time. */
  private static List<Double> lateness(Path data, Instant from, Instant until) throws SQLException {
    var late = new ArrayList<Double>();
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("octopus.db"));
        var select =
            database.prepareStatement(
                "SELECT fire_time, created_at FROM runs WHERE fire_time > ? AND fire_time < ?")) {
      select.setString(1, from.toString());
      select.setString(2, until.toString());
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          var fire = Instant.parse(rows.getString("fire_time"));
          late.add(
              (double)
                  Duration.between(fire, Instant.parse(rows.getString("created_at"))).toMillis());
        }
      }
    }
    return late;
  }
}

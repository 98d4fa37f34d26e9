package io.octopus.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How long a coordinator takes from the start of its process until it is ready: with nothing in its
 * data folder, with a used folder, and after a kill with very many tasks that are not finished. And
 * what a task that waits, and a client that follows the events, cost of its memory.
 *
 * <p>There are no workers, so that tasks stay Pending; at the end one comes and does them all,
 * which shows that none was lost.
 *
 * <p>Arguments, all optional: unfinished tasks, rounds, the file for the numbers as JSON. Build
 * with {@code package} or run {@code octopus prepare} before, as installations are.
 */
public final class Start {

  private static final int LISTENERS = 200;
  private static final int FIRST_TASKS = 500;

  private Start() {}

  public static void main(String[] arguments) throws Exception {
    int unfinished = Arguments.number(arguments, 0, 10_000);
    int rounds = Arguments.number(arguments, 1, 5);
    var file = Path.of(Arguments.at(arguments, 2, "bench/target/start.json"));
    var fresh = new Race.Result("fresh folder", new ArrayList<>());
    var used = new Race.Result("used folder", new ArrayList<>());
    var loaded = new Race.Result(unfinished + " unfinished", new ArrayList<>());
    // the first round fills the caches of files and does not count
    for (int round = 0; round <= rounds; round++) {
      startTwice(fresh, used, round > 0);
    }
    var scheduled = new Race.Result("a task for later, bytes", new ArrayList<>());
    var pending = new Race.Result("a pending task, bytes", new ArrayList<>());
    var listener = new Race.Result("a client of events, bytes", new ArrayList<>());
    var machine = Machine.describe("SQLite, synchronous=FULL");
    scheduled.rounds().add(scheduledTask(unfinished));
    try (var octopus = new Installed()) {
      NoOp.java(octopus.plugins());
      pending.rounds().add(task(octopus, Start::adhoc, unfinished));
      listener.rounds().add(listener(octopus));
      for (int round = 0; round < rounds; round++) {
        octopus.killCoordinator();
        loaded.rounds().add(octopus.start().toMillis() / 1000.0);
      }
      finishAll(octopus, FIRST_TASKS + unfinished);
    }
    Table.print("Seconds from start to ready", machine, List.of(fresh, used, loaded));
    Table.print("Live memory of the coordinator", machine, List.of(scheduled, pending, listener));
    Table.write(file, machine, List.of(fresh, used, loaded, scheduled, pending, listener));
  }

  private static void startTwice(Race.Result fresh, Race.Result used, boolean counts)
      throws IOException, InterruptedException {
    try (var octopus = new Installed()) {
      octopus.killCoordinator();
      double again = octopus.start().toMillis() / 1000.0;
      if (counts) {
        fresh.rounds().add(octopus.firstStart().toMillis() / 1000.0);
        used.rounds().add(again);
      }
    }
  }

  private static double scheduledTask(int tasks) throws IOException, InterruptedException {
    try (var octopus = new Installed()) {
      NoOp.java(octopus.plugins());
      return task(octopus, Start::later, tasks);
    }
  }

  /** What one more task takes, when there are some already. */
  private static double task(Installed octopus, IntFunction<String> task, int tasks)
      throws IOException, InterruptedException {
    var posts = new Posts(octopus.apiPort(), DurableThroughput.CONNECTIONS);
    var memory = new Memory(octopus.coordinatorPid());
    posts.post(task, FIRST_TASKS);
    long before = memory.live();
    posts.post(task, tasks);
    long after = memory.live();
    System.out.printf(
        "%d tasks: %.1f MB live, %.0f MB resident%n",
        FIRST_TASKS + tasks, after / 1e6, memory.residentMegabytes());
    return (after - before) / (double) tasks;
  }

  private static double listener(Installed octopus) throws IOException, InterruptedException {
    var memory = new Memory(octopus.coordinatorPid());
    try (var first = new LiveClients(octopus.apiPort(), 1)) {
      long before = memory.live();
      try (var more = new LiveClients(octopus.apiPort(), LISTENERS)) {
        long after = memory.live();
        System.out.printf(
            "%d clients of events: %.1f MB live, %.0f MB resident%n",
            first.count() + more.count(), after / 1e6, memory.residentMegabytes());
        return (after - before) / (double) more.count();
      }
    }
  }

  private static void finishAll(Installed octopus, int tasks) throws Exception {
    long start = System.nanoTime();
    octopus.addWorker("bench", 8, "client.java-in-process=" + NoOp.JAVA);
    try (var rows = new FinalRows(octopus.data())) {
      rows.await(tasks);
    }
    System.out.printf(
        "All %d are completed %.1f s after a worker was started%n%n",
        tasks, (System.nanoTime() - start) / 1e9);
  }

  private static String adhoc(int number) {
    return Posts.adhoc(NoOp.JAVA);
  }

  private static String later(int number) {
    return "{\"owner\":\"Anyone\",\"plugin\":\"%s\",\"type\":\"Scheduled\",\"cron\":\"%d 0 1 1 *\",\"time_zone\":\"UTC\"}"
        .formatted(NoOp.JAVA, number % 60);
  }
}

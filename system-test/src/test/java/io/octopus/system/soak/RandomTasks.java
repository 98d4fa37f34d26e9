package io.octopus.system.soak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.system.Ledger;
import io.octopus.system.TaskRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/** Makes up tasks of all kinds with all policies, at random. */
final class RandomTasks {
  private static final List<String> CRONS =
      List.of(
          "*/5 * * * * *",
          "*/7 * * * * *",
          "*/15 * * * * *",
          "3-59/8 * * * * *",
          "10/9 * * * * *",
          "1,4,9,16,25,36,49 * * * * *",
          "*/12,50-59/3 * * * * *",
          "*/6 0-59/1 * * * *");
  private static final List<String> ZONES =
      List.of("Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "UTC");
  private static final List<String> OVERLAPS =
      List.of("skip", "queue_one", "allow", "cancel_previous");
  private static final List<String> MISFIRES = List.of("fire_once", "skip", "fire_all");
  private static final List<String> TIMES =
      List.of("type", "interval", "interval_mode", "cron", "time_zone", "execution_start_time");

  private final Ledger ledger;
  private final List<String> clients;
  private final Random random;

  RandomTasks(Ledger ledger, List<String> clients, Random random) {
    this.ledger = ledger;
    this.clients = clients;
    this.random = random;
  }

  /** One that runs once, now. */
  ObjectNode once() {
    boolean takesLong = isOneOf(12);
    double seconds = takesLong ? 25 + random.nextInt(10) : random.nextDouble() * 3;
    return named("once", TaskRequest.noted(ledger, seconds));
  }

  /** One that runs once, in a while. */
  ObjectNode onceLater() {
    return named("later", TaskRequest.noted(ledger, random.nextDouble()))
        .put("type", "Scheduled")
        .put("execution_start_time", inSeconds(3 + random.nextInt(20)));
  }

  /** One that recurs every few seconds. */
  ObjectNode recurring() {
    var task = named("recurring", work());
    if (isOneOf(4)) {
      task.put("type", "Interval").put("interval", seconds(3, 9));
      task.put("interval_mode", "fixed_delay");
    } else {
      times(task);
    }
    policies(task);
    return task;
  }

  /** As {@link #recurring()}, until an end that a repeated request does not miss. */
  ObjectNode recurringForAWhile() {
    var task = recurring();
    return task.put("execution_end_time", inSeconds(120 + random.nextInt(20)));
  }

  /** The same with another schedule or other policies. A fixed delay stays one. */
  ObjectNode edited(ObjectNode before, int edit) {
    var task = before.deepCopy().put("description", "edit " + edit);
    if (random.nextBoolean()) {
      policies(task);
    } else if (task.path("interval_mode").asText().equals("fixed_delay")) {
      task.put("interval", seconds(3, 9));
    } else {
      task.remove(TIMES);
      times(task);
    }
    return task;
  }

  private ObjectNode named(String kind, TaskRequest work) {
    return work.by(anOwner()).with("name", kind + "-" + Long.toHexString(random.nextLong())).body();
  }

  /** Most of it succeeds; some fails on one client, some takes too long now and then. */
  private TaskRequest work() {
    if (isOneOf(8)) {
      return TaskRequest.of("ledger")
          .action("fail_until")
          .args(ledger.path(), ledger.path() + ".never", clients.get(0));
    }
    var task = TaskRequest.noted(ledger, random.nextDouble() * 2);
    return isOneOf(8) ? task.with("timeout", 1) : task;
  }

  private void times(ObjectNode task) {
    if (random.nextBoolean()) {
      task.put("type", "Scheduled").put("cron", oneOf(CRONS)).put("time_zone", oneOf(ZONES));
      return;
    }
    task.put("type", "Interval").put("interval", isOneOf(6) ? 2 : seconds(5, 15));
    if (isOneOf(4)) {
      task.put("execution_start_time", inSeconds(random.nextInt(20) - 10));
    }
  }

  private void policies(ObjectNode task) {
    task.put("overlap", oneOf(OVERLAPS)).put("misfire", oneOf(MISFIRES));
    task.putObject("retry")
        .put("max_attempts", 1 + random.nextInt(3))
        .put("delay", 0.5)
        .put("on_lost", random.nextBoolean());
    task.remove(List.of("max_concurrent_runs", "expires_after"));
    if (isOneOf(6)) {
      task.put("max_concurrent_runs", 1 + random.nextInt(3));
    }
    if (isOneOf(4)) {
      task.put("expires_after", seconds(5, 20));
    }
  }

  private String anOwner() {
    int dice = random.nextInt(10);
    if (dice < 6) {
      return "Anyone";
    }
    return dice < 7 ? "ALL" : oneOf(clients);
  }

  private static String inSeconds(int seconds) {
    return Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private int seconds(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  private boolean isOneOf(int many) {
    return random.nextInt(many) == 0;
  }

  private String oneOf(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}

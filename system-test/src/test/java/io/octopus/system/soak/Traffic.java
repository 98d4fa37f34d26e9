package io.octopus.system.soak;

import io.octopus.system.Answer;
import io.octopus.system.Api;
import io.octopus.system.Ledger;
import io.octopus.system.Patience;
import io.octopus.system.TaskRequest;
import io.octopus.system.check.Accepted;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Posts tasks of all kinds, at random, each under a key of its own and again until it is accepted,
 * as a careful caller does while the coordinator comes and goes.
 */
final class Traffic {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final List<Integer> DIVISORS_OF_A_MINUTE = List.of(5, 6, 10, 12, 15, 20);

  private final Api api;
  private final Ledger ledger;
  private final List<String> clients;
  private final Random random;
  private final List<Accepted> accepted = new ArrayList<>();

  Traffic(Api api, Ledger ledger, List<String> clients, Random random) {
    this.api = api;
    this.ledger = ledger;
    this.clients = clients;
    this.random = random;
  }

  synchronized List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  /** A task that runs once, now. */
  void postOnce() {
    boolean takesLong = random.nextInt(12) == 0;
    double seconds = takesLong ? 25 + random.nextInt(10) : random.nextDouble() * 3;
    String id = post("once", TaskRequest.noted(ledger, seconds).by(anOwner()));
    keep(Accepted.once(id));
  }

  /** A task that recurs, every few seconds. */
  void postRecurring() {
    var task = TaskRequest.noted(ledger, random.nextDouble() * 2).by(anOwner());
    int seconds;
    if (random.nextBoolean()) {
      seconds = 3 + random.nextInt(9);
      task.with("type", "Interval").with("interval", seconds);
    } else {
      seconds = DIVISORS_OF_A_MINUTE.get(random.nextInt(DIVISORS_OF_A_MINUTE.size()));
      task.with("type", "Scheduled").with("cron", "*/" + seconds + " * * * * *");
      task.with("time_zone", "Europe/Berlin");
    }
    keep(Accepted.every(Duration.ofSeconds(seconds), post("recurring", task)));
  }

  private String anOwner() {
    int dice = random.nextInt(10);
    if (dice < 6) {
      return "Anyone";
    }
    return dice < 8 ? "ALL" : clients.get(random.nextInt(clients.size()));
  }

  private synchronized void keep(Accepted task) {
    accepted.add(task);
  }

  private String post(String kind, TaskRequest task) {
    String name = kind + "-" + Long.toHexString(random.nextLong());
    task.with("name", name);
    while (true) {
      var answer = tryPost(task, name);
      if (answer.status() == 201) {
        return answer.json().path("id").asText();
      }
      if (answer.status() != 503) {
        throw new AssertionError(task.body() + " was answered with " + answer);
      }
      Patience.outage(PAUSE);
    }
  }

  private Answer tryPost(TaskRequest task, String key) {
    while (true) {
      try {
        return api.post("/tasks", task.body(), request -> request.header("Idempotency-Key", key));
      } catch (UncheckedIOException nobodyAnswers) {
        Patience.outage(PAUSE);
      }
    }
  }
}

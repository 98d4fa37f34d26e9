package io.octopus.system.soak;

import static io.octopus.system.Patience.within;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.system.Cluster;
import io.octopus.system.Execution;
import io.octopus.system.Ledger;
import io.octopus.system.OctopusProcess;
import io.octopus.system.Run;
import io.octopus.system.check.Accepted;
import io.octopus.system.check.Checker;
import io.octopus.system.check.Evidence;
import io.octopus.system.check.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Kills, stops and pauses coordinator and workers at random for minutes while tasks of all kinds
 * are posted, then lets everything heal and has the {@link Checker} look at what came of it.
 *
 * <p>{@code -Doctopus.soak.minutes=6 -Doctopus.soak.seed=1}: the seed decides what happens to whom,
 * the machine when exactly.
 */
@Tag("soak")
class SoakIT {
  private static final List<String> CLIENTS = List.of("alpha", "beta", "gamma");
  private static final Duration LENGTH =
      Duration.ofMinutes(Long.getLong("octopus.soak.minutes", 6));
  private static final long SEED =
      Long.getLong("octopus.soak.seed", ThreadLocalRandom.current().nextLong(1_000_000));
  private static final int LEAST_KILLS = 50;
  private static final Duration BETWEEN_TASKS = Duration.ofMillis(1200);
  private static final int ONCE_PER_RECURRING = 60;
  private static final Duration SETTLE = Duration.ofMinutes(2);

  @RegisterExtension final Cluster cluster = Cluster.fresh();

  private final Tally tally = new Tally();
  private final Trouble trouble = new Trouble();

  @Test
  void nothingIsLostAndNothingIsDoubledHoweverOftenNodesAreKilled() throws Exception {
    var ledger = cluster.ledger("soak");
    var traffic = new Traffic(cluster.api(), ledger, CLIENTS, new Random(SEED));

    makeTrouble(traffic);
    Instant healed = Instant.now();
    awaitFiringsAfter(healed, traffic.accepted());
    awaitSettled();

    var evidence =
        new Evidence(
            traffic.accepted(),
            List.copyOf(cluster.api().tasks().values()),
            cluster.api().runs(),
            cluster.api().executions(),
            ledger.entries(),
            healed);
    var violations = Checker.check(evidence);
    report(evidence, violations);
    assertThat(violations).as("seed " + SEED).isEmpty();
    assertThat(kills()).isGreaterThanOrEqualTo(LEAST_KILLS);
  }

  /** Returns when all nodes are up again. Whatever else ends early is a defect. */
  private void makeTrouble(Traffic traffic) throws InterruptedException, ExecutionException {
    var threads = Executors.newCachedThreadPool();
    try {
      var lives = new ArrayList<Future<OctopusProcess>>();
      lives.add(threads.submit(coordinator()));
      CLIENTS.forEach(client -> lives.add(threads.submit(worker(client))));
      var posts = List.of(threads.submit(() -> post(traffic)), threads.submit(() -> post(traffic)));
      Instant begin = Instant.now();
      while (Stream.concat(lives.stream(), posts.stream()).noneMatch(Future::isDone)
          && (Instant.now().isBefore(begin.plus(LENGTH)) || kills() < LEAST_KILLS)) {
        trouble.pass(Duration.ofSeconds(1));
      }
      trouble.end();
      for (var life : lives) {
        life.get();
      }
      for (var post : posts) {
        post.get();
      }
    } finally {
      trouble.end();
      threads.shutdownNow();
    }
    for (String client : CLIENTS) {
      cluster.awaitClient(client, "Online", Duration.ofSeconds(60));
    }
  }

  private TroubledNode coordinator() {
    return new TroubledNode(
        TroubledNode.Habits.COORDINATOR,
        new Random(SEED + 1),
        cluster::startCoordinator,
        trouble,
        tally);
  }

  private TroubledNode worker(String name) {
    return new TroubledNode(
        TroubledNode.Habits.WORKER,
        new Random(SEED + 2 + CLIENTS.indexOf(name)),
        () -> cluster.startWorker(name, "--slots", "6"),
        trouble,
        tally);
  }

  private boolean post(Traffic traffic) throws InterruptedException {
    for (int number = 0; !trouble.isOver(); number++) {
      if (number % ONCE_PER_RECURRING == 0) {
        traffic.postRecurring();
      }
      traffic.postOnce();
      trouble.pass(BETWEEN_TASKS);
    }
    return true;
  }

  private int kills() {
    return tally.of("killed");
  }

  /** Every schedule must fire again by itself; then it is paused, so that all can settle. */
  private void awaitFiringsAfter(Instant healed, List<Accepted> tasks) {
    for (Accepted task : tasks) {
      if (task.period().isPresent()) {
        within(SETTLE)
            .untilAsserted(
                () ->
                    assertThat(cluster.api().runs(task.id()))
                        .as("runs of " + task)
                        .anyMatch(run -> run.fireTime().isAfter(healed)));
        cluster.api().post("/tasks/" + task.id() + "/pause").expect(200);
      }
    }
  }

  private void awaitSettled() {
    within(SETTLE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              assertThat(cluster.api().runs()).allMatch(Run::isFinal);
              assertThat(cluster.api().executions()).allMatch(Execution::isFinal);
            });
  }

  @SuppressWarnings("SystemOut") // the report is what the soak is run for
  private void report(Evidence evidence, List<Violation> violations) throws IOException {
    var recurring = evidence.accepted().stream().filter(it -> it.period().isPresent()).count();
    var report =
        """
        seed %d, %s
        trouble: %s
        tasks: %d, of them recurring: %d
        runs: %s
        executions: %s, of them with lost attempts: %d
        starts in the ledger: %d
        violations: %s
        """
            .formatted(
                SEED,
                LENGTH,
                tally,
                evidence.accepted().size(),
                recurring,
                counted(evidence.runs().stream().map(Run::status)),
                counted(evidence.executions().stream().map(Execution::status)),
                evidence.executions().stream().filter(it -> it.attempt() > 1).count(),
                evidence.ledger().stream().filter(Ledger.Entry::isStart).count(),
                violations.stream().map(Violation::toString).collect(joining("\n")));
    Files.writeString(cluster.folder().resolve("report.txt"), report);
    System.out.println(report);
  }

  private static Map<String, Long> counted(Stream<String> words) {
    return words.collect(groupingBy(Function.identity(), TreeMap::new, counting()));
  }
}

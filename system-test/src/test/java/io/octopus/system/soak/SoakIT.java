package io.octopus.system.soak;

import static io.octopus.system.Patience.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.system.Cluster;
import io.octopus.system.OctopusProcess;
import io.octopus.system.Run;
import io.octopus.system.check.Checker;
import io.octopus.system.check.Evidence;
import io.octopus.system.check.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Kills, stops and pauses coordinator and workers at random for minutes while tasks of all kinds
 * are posted, then lets everything heal and has the {@link Checker} look at what came of it.
 *
 * <p>{@code -Doctopus.soak.minutes=6 -Doctopus.soak.seed=1}: the seed decides what happens to whom,
 * the machine when exactly. It goes on until there were 50 kills; {@code -Doctopus.soak.kills=5}
 * makes a short trial of it.
 */
@Tag("soak")
class SoakIT {
  private static final List<String> CLIENTS = List.of("alpha", "beta", "gamma");
  private static final Duration LENGTH =
      Duration.ofMinutes(Long.getLong("octopus.soak.minutes", 6));
  private static final long SEED =
      Long.getLong("octopus.soak.seed", ThreadLocalRandom.current().nextLong(1_000_000));
  private static final int LEAST_KILLS = Integer.getInteger("octopus.soak.kills", 50);
  private static final Duration BETWEEN_TASKS = Duration.ofMillis(1200);
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(700);
  private static final Duration SETTLE = Duration.ofMinutes(2);

  @RegisterExtension final Cluster cluster = Cluster.fresh();

  private final Tally tally = new Tally();
  private final Trouble trouble = new Trouble();

  @Test
  void nothingIsLostAndNothingIsDoubledHoweverOftenNodesAreKilled() throws Exception {
    var ledger = cluster.ledger("soak");
    var traffic =
        new Traffic(
            new Caller(cluster.api()),
            new RandomTasks(ledger, CLIENTS, new Random(SEED)),
            new Random(SEED));

    makeTrouble(traffic);
    Instant healed = Instant.now();
    awaitFiringsAfter(healed, traffic.endless());
    awaitSettled(traffic.endless());
    traffic.endless().forEach(OwnedTask::cancel);

    var evidence = Evidence.of(cluster.api(), traffic.accepted(), ledger.entries(), healed);
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
      var posts =
          List.of(
              threads.submit(() -> again(traffic::postOnce, BETWEEN_TASKS)),
              threads.submit(() -> again(traffic::postOrChangeRecurring, BETWEEN_CHANGES)));
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

  private boolean again(Runnable post, Duration pause) throws InterruptedException {
    while (!trouble.isOver()) {
      post.run();
      trouble.pass(pause);
    }
    return true;
  }

  private int kills() {
    return tally.of("killed");
  }

  /** Every schedule must fire again by itself; then it is paused, so that all can settle. */
  private void awaitFiringsAfter(Instant healed, List<OwnedTask> tasks) {
    tasks.stream().filter(OwnedTask::isPaused).forEach(OwnedTask::resume);
    for (OwnedTask task : tasks) {
      within(SETTLE)
          .untilAsserted(
              () ->
                  assertThat(cluster.api().runs(task.id()))
                      .as("runs of " + task.accepted())
                      .anyMatch(run -> isFiringAfter(healed, run)));
      task.pause();
    }
  }

  private static boolean isFiringAfter(Instant healed, Run run) {
    return run.fireTime().isAfter(healed) && !run.reason().equals("paused");
  }

  /** Waits for the end of everything but what would go on for ever. */
  private void awaitSettled(List<OwnedTask> endless) {
    var ids = endless.stream().map(OwnedTask::id).toList();
    within(SETTLE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              assertThat(cluster.api().unfinishedExecutions()).isEmpty();
              assertThat(cluster.api().tasks().values())
                  .allMatch(task -> task.isFinished() || ids.contains(task.id()));
            });
  }

  @SuppressWarnings("SystemOut") // the report is what the soak is run for
  private void report(Evidence evidence, List<Violation> violations) throws IOException {
    var run = "seed %d, %d minutes".formatted(SEED, LENGTH.toMinutes());
    var report = SoakReport.of(run, tally, evidence, violations);
    Files.writeString(cluster.folder().resolve("report.txt"), report);
    System.out.println(report);
  }
}

package io.octopus.system.soak;

import io.octopus.system.OctopusProcess;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * The life of a node that is killed, stopped or paused at random and always comes back, until the
 * trouble is over.
 */
final class TroubledNode implements Callable<OctopusProcess> {

  /** How a kind of node lives. */
  enum Habits {
    /** Away for seconds; now and then it flaps: it is killed before it is ready. */
    WORKER(1, 10, 0, 8),
    /** Away for a moment, or for longer than workers need to rejoin. */
    COORDINATOR(5, 30, 0, 3);

    private final Duration leastUp;
    private final Duration mostUp;
    private final Duration leastAway;
    private final Duration mostAway;

    Habits(int leastUp, int mostUp, int leastAway, int mostAway) {
      this.leastUp = Duration.ofSeconds(leastUp);
      this.mostUp = Duration.ofSeconds(mostUp);
      this.leastAway = Duration.ofSeconds(leastAway);
      this.mostAway = Duration.ofSeconds(mostAway);
    }
  }

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration READY = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(15);

  private final Habits habits;
  private final Random random;
  private final Supplier<OctopusProcess> start;
  private final Trouble trouble;
  private final Tally tally;

  TroubledNode(
      Habits habits, Random random, Supplier<OctopusProcess> start, Trouble trouble, Tally tally) {
    this.habits = habits;
    this.random = random;
    this.start = start;
    this.trouble = trouble;
    this.tally = tally;
  }

  /** The process that lives when all is over. */
  @Override
  public OctopusProcess call() throws InterruptedException {
    OctopusProcess process = start.get();
    while (!trouble.isOver()) {
      awaitReadyOrFlap(process);
      if (trouble.pass(random, habits.leastUp, habits.mostUp)) {
        break;
      }
      if (!process.isAlive()) {
        throw new AssertionError(process.name() + " ended by itself\n" + process.tail());
      }
      int dice = random.nextInt(10);
      if (dice < 7) {
        tally.count("killed " + habits);
        process.kill();
        beAway();
        process = start.get();
      } else if (dice < 8) {
        tally.count("stopped " + habits);
        process.terminate();
        process.awaitExit(STOP);
        beAway();
        process = start.get();
      } else {
        tally.count("paused " + habits);
        process.pause();
        trouble.pass(random, Duration.ofSeconds(1), Duration.ofSeconds(15));
        process.wake();
      }
    }
    return process;
  }

  private void awaitReadyOrFlap(OctopusProcess process) throws InterruptedException {
    if (habits == Habits.WORKER && random.nextInt(3) == 0) {
      return;
    }
    long patience = System.nanoTime() + READY.toNanos();
    while (!process.isReady() && System.nanoTime() < patience) {
      if (trouble.pass(LOOK)) {
        return;
      }
    }
  }

  private void beAway() throws InterruptedException {
    boolean forLong = habits == Habits.COORDINATOR && random.nextInt(4) == 0;
    if (forLong) {
      tally.count("away for long " + habits);
      trouble.pass(random, Duration.ofSeconds(26), Duration.ofSeconds(40));
    } else {
      trouble.pass(random, habits.leastAway, habits.mostAway);
    }
  }
}

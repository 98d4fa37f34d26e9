package io.octopus.system.soak;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time in which nodes are in trouble, and the moment when it is over. */
final class Trouble {
  private final CountDownLatch over = new CountDownLatch(1);

  void end() {
    over.countDown();
  }

  boolean isOver() {
    return over.getCount() == 0;
  }

  /** Lets so much time pass, or less if the trouble ends; whether it has. */
  boolean pass(Duration span) throws InterruptedException {
    return over.await(span.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets some time between the bounds pass, or less if the trouble ends; whether it has. */
  boolean pass(Random random, Duration least, Duration most) throws InterruptedException {
    return pass(Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1)));
  }
}

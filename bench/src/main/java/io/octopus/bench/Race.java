package io.octopus.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Lets contestants take turns for some rounds, each in all its lanes at once. */
record Race(int rounds, Duration round) {

  /** What was measured of a contestant in each round, such as how often it did it per second. */
  record Result(String title, List<Double> rounds) {

    double median() {
      return sorted().get(rounds.size() / 2);
    }

    double least() {
      return sorted().get(0);
    }

    double most() {
      return sorted().get(rounds.size() - 1);
    }

    private List<Double> sorted() {
      return rounds.stream().sorted().toList();
    }
  }

  /** A first round warms everything up and does not count. */
  List<Result> run(List<Contestant> contestants) throws InterruptedException {
    var results = contestants.stream().map(one -> new Result(title(one), new ArrayList<>()));
    var all = results.toList();
    for (int n = 0; n <= rounds; n++) {
      for (int i = 0; i < contestants.size(); i++) {
        double rate = measure(contestants.get(i));
        if (n > 0) {
          all.get(i).rounds().add(rate);
        }
      }
    }
    return all;
  }

  private static String title(Contestant one) {
    return one.title() + (one.lanes() == 1 ? ", one at a time" : ", " + one.lanes() + " at once");
  }

  private double measure(Contestant contestant) throws InterruptedException {
    int lanes = contestant.lanes();
    var threads = Executors.newFixedThreadPool(lanes);
    try {
      var work = new ArrayList<Callable<Long>>();
      for (int lane = 0; lane < lanes; lane++) {
        int own = lane;
        work.add(() -> repeat(contestant, own));
      }
      long start = System.nanoTime();
      long times = 0;
      for (var done : threads.invokeAll(work)) {
        times += done.get();
      }
      return times * 1e9 / (System.nanoTime() - start);
    } catch (ExecutionException failed) {
      throw new IllegalStateException(contestant.title() + " failed", failed.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private long repeat(Contestant contestant, int lane) throws IOException, InterruptedException {
    long end = System.nanoTime() + round.toNanos();
    long times = 0;
    while (System.nanoTime() < end) {
      contestant.once(lane);
      times++;
    }
    return times;
  }
}

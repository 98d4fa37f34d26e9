package io.octopus.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Posts tasks over kept-alive connections, one request at a time on each. */
record Posts(int port, int connections) {

  /** Posts the same task so many times; each must be accepted. */
  void post(String task, int times) throws InterruptedException {
    post(number -> task, times);
  }

  /** Posts so many tasks, made of their numbers; each must be accepted. */
  void post(IntFunction<String> tasks, int times) throws InterruptedException {
    var next = new AtomicInteger();
    var threads = Executors.newFixedThreadPool(connections);
    try {
      var work = new ArrayList<Callable<Void>>();
      for (int n = 0; n < connections; n++) {
        work.add(() -> postAll(tasks, next, times));
      }
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a task was not accepted", failed.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Void postAll(IntFunction<String> tasks, AtomicInteger next, int times)
      throws IOException {
    try (var connection = new Connection(port)) {
      for (int number = next.getAndIncrement(); number < times; number = next.getAndIncrement()) {
        accepted(connection.post("/tasks", tasks.apply(number)));
      }
    }
    return null;
  }

  static Connection.Answer accepted(Connection.Answer answer) throws IOException {
    if (answer.status() != 201) {
      throw new IOException("answered " + answer.status() + ": " + answer.body());
    }
    return answer;
  }

  /** The body of an Adhoc task for anyone. */
  static String adhoc(String plugin) {
    return "{\"owner\":\"Anyone\",\"plugin\":\"" + plugin + "\"}";
  }

  /** The percentiles of durations in milliseconds, as a line. */
  static String percentiles(List<Double> millis) {
    var sorted = millis.stream().sorted().toList();
    return "p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms"
        .formatted(
            percentile(sorted, 0.5),
            percentile(sorted, 0.99),
            percentile(sorted, 0.999),
            sorted.get(sorted.size() - 1));
  }

  /** What so large a share of them does not exceed. */
  static double percentile(List<Double> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
  }
}

package io.octopus.bench;

import java.nio.file.Files;

/**
 * How long 600 jobs take on three workers of which one is ten times slower, against the ideal: the
 * time in which the three could do them if each were busy to the end.
 *
 * <p>Arguments, all optional: jobs, the fast workers' milliseconds for a job.
 */
public final class LoadBalance {

  private static final String PLUGIN =
      """
      import octopus
      import time

      def main(millis):
          time.sleep((10 if octopus.context.client == "slow" else 1) * millis / 1000)
      """;
  private static final int SLOTS = 2;
  private static final int WARM_UP = 4000;

  private LoadBalance() {}

  public static void main(String[] arguments) throws Exception {
    int jobs = Arguments.number(arguments, 0, 600);
    int millis = Arguments.number(arguments, 1, 100);
    try (var octopus = new Installed()) {
      Files.writeString(octopus.plugins().resolve("job.py"), PLUGIN);
      for (var name : new String[] {"fast-1", "fast-2", "slow"}) {
        octopus.addWorker(name, SLOTS);
      }
      var task = "{\"owner\":\"Anyone\",\"plugin\":\"job\",\"args\":[" + millis + "]}";
      var posts = new Posts(octopus.apiPort(), DurableThroughput.CONNECTIONS);
      try (var rows = new FinalRows(octopus.data())) {
        posts.post(task.replace("[" + millis + "]", "[0]"), WARM_UP);
        rows.await(WARM_UP);
        long before = rows.count();
        long start = System.nanoTime();
        posts.post(task, jobs);
        rows.await(before + jobs);
        double seconds = (System.nanoTime() - start) / 1e9;
        double ideal = jobs * millis / 1000.0 / (SLOTS * 2.1);
        System.out.println(Machine.describe("3 workers with " + SLOTS + " slots each"));
        System.out.printf(
            "%d jobs of %d ms, one worker ten times slower: %.2f s, ideal %.2f s: %.2f x%n",
            jobs, millis, seconds, ideal, seconds / ideal);
      }
    }
  }
}

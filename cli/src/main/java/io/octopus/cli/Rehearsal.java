package io.octopus.cli;

import io.octopus.config.CoordinatorSettings;
import io.octopus.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/**
 * A coordinator and a worker in one process that start, meet and end, on free ports, with default
 * settings and a folder of their own: what they load is what every start loads.
 */
final class Rehearsal {
  private static final Duration MEET_WITHIN = Duration.ofSeconds(60);
  private static final Duration END_WITHIN = Duration.ofSeconds(20);

  private Rehearsal() {}

  static int run(Path data) throws InterruptedException {
    int clusterPort = FreePorts.any();
    CoordinatorSettings settings =
        settings(data.resolve("coordinator"))
            .with("server.port", FreePorts.any())
            .with("cluster.port", clusterPort)
            .with("management.port", FreePorts.any())
            .coordinator();
    NodeConsole.open(settings.store().dataDirectory(), "server.log", settings.logLevel());
    Node coordinator = Node.coordinator(settings);
    Node worker =
        Node.worker(
            settings(data.resolve("worker"))
                .with("cluster.port", FreePorts.any())
                .with("cluster.seed-nodes", List.of("127.0.0.1:" + clusterPort))
                .worker());
    long deadline = System.nanoTime() + MEET_WITHIN.toNanos();
    boolean met =
        new Readiness(WebAddress.of(settings.server().host(), settings.server().port()))
            .await(1, () -> System.nanoTime() - deadline < 0);
    boolean workerEnded = end(worker);
    return end(coordinator) && workerEnded && met ? ExitCode.OK : ExitCode.FAILED;
  }

  private static Settings settings(Path data) {
    return Settings.defaults().with("data-dir", data.toString());
  }

  private static boolean end(Node node) throws InterruptedException {
    node.stop();
    CompletableFuture<Integer> ended = node.terminated().toCompletableFuture();
    try {
      return ended.get(END_WITHIN.toSeconds(), TimeUnit.SECONDS) == ExitCode.OK;
    } catch (ExecutionException | TimeoutException failure) {
      // not before the console is open: a logger that is made earlier writes into the working
      // folder
      LoggerFactory.getLogger(Rehearsal.class).error("A node did not end in good order", failure);
      return false;
    }
  }
}

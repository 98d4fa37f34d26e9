package io.octopus.cli;

import io.octopus.config.CoordinatorSettings;
import io.octopus.config.Settings;
import io.octopus.config.WorkerSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code octopus up}: a coordinator and workers on this machine, each a process of its own, as on
 * several machines.
 *
 * <p>Restarts nothing. When one of them ends, the others are stopped, the workers first so that
 * they can hand in results.
 */
@Command(
    name = "up",
    description = "Starts a coordinator and workers on this machine; Ctrl-C stops them.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Of the environment the coordinator's alone: what {@code up} tells a worker itself. */
  private static final Set<String> NOT_FOR_WORKERS =
      Set.of("OCTOPUS_CLUSTER_PORT", "OCTOPUS_CLUSTER_SEED_NODES");

  @Spec private CommandSpec spec;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many workers; default: 1.")
  private int workers;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Port of the API and the dashboard; default: 8000.")
  private @Nullable String port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for everything that is written; default: ./data.")
  private @Nullable String data;

  private final List<ChildNode> children = new ArrayList<>();
  private boolean stopped;

  @Override
  public Integer call() {
    if (workers < 0 || workers > 100) {
      spec.commandLine().getErr().println("octopus: --workers must be from 0 to 100");
      return ExitCode.USAGE;
    }
    CoordinatorSettings coordinator = coordinatorSettings();
    FreePorts.require(coordinator);
    PrintWriter out = spec.commandLine().getOut();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAll(out), "stop"));
    startAll(coordinator, out);
    announceWhenReady(coordinator, out);
    ChildNode first = firstToEnd();
    if (!isStopped()) {
      out.println("The " + first.name() + " has ended with exit code " + first.exitCode() + ".");
      stopAll(out);
    }
    return first.exitCode() == ExitCode.OK ? ExitCode.FAILED : first.exitCode();
  }

  private CoordinatorSettings coordinatorSettings() {
    CoordinatorSettings settings = settings("coordinator").coordinator();
    if (settings.server().port() != 0) {
      return settings;
    }
    port = String.valueOf(FreePorts.any());
    return settings("coordinator").coordinator();
  }

  private Settings settings(String role) {
    NodeOptions options = new NodeOptions();
    Settings settings = NodeOptions.flag(options.settings(role), "--data", "data-dir", data);
    return NodeOptions.flag(settings, "--port", "server.port", port);
  }

  private synchronized void startAll(CoordinatorSettings coordinator, PrintWriter out) {
    if (stopped) {
      return;
    }
    Path folder = coordinator.store().dataDirectory();
    children.add(
        ChildNode.start(
            "coordinator",
            List.of(
                "coordinator",
                "--attached",
                "--data",
                folder.toString(),
                "--port",
                String.valueOf(coordinator.server().port())),
            Set.of(),
            Map.of(),
            out));
    for (int number = 1; number <= workers; number++) {
      children.add(
          ChildNode.start(
              "worker-" + number, worker(number, coordinator), NOT_FOR_WORKERS, Map.of(), out));
    }
  }

  private List<String> worker(int number, CoordinatorSettings coordinator) {
    List<String> arguments = new ArrayList<>(List.of("worker", "--attached"));
    arguments.add("--data");
    arguments.add(coordinator.store().dataDirectory().resolve("worker-" + number).toString());
    arguments.add("--seed");
    arguments.add(coordinator.cluster().host() + ":" + coordinator.cluster().port());
    if (number > 1) {
      WorkerSettings settings = settings("worker").with("cluster.port", 0).worker();
      arguments.add("--name");
      arguments.add(settings.client().name() + "-" + number);
    }
    return arguments;
  }

  private void announceWhenReady(CoordinatorSettings coordinator, PrintWriter out) {
    String address = WebAddress.of(coordinator.server().host(), coordinator.server().port());
    Thread watch =
        new Thread(
            () -> {
              if (new Readiness(address).await(workers, () -> !isStopped())) {
                out.println();
                out.println("Octopus is ready: " + address + "   (Ctrl-C stops it)");
                out.println();
                out.flush();
              }
            },
            "readiness");
    watch.setDaemon(true);
    watch.start();
  }

  private ChildNode firstToEnd() {
    CompletableFuture<?>[] ends =
        children.stream().map(ChildNode::ended).toArray(CompletableFuture<?>[]::new);
    return (ChildNode) CompletableFuture.anyOf(ends).join();
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private void stopAll(PrintWriter out) {
    synchronized (this) {
      if (stopped) {
        return;
      }
      stopped = true;
    }
    out.println("Stopping.");
    out.flush();
    List<Thread> stops = new ArrayList<>();
    for (ChildNode worker : children.subList(Math.min(1, children.size()), children.size())) {
      Thread stop = new Thread(() -> worker.stop(PATIENCE), "stop " + worker.name());
      stop.start();
      stops.add(stop);
    }
    stops.forEach(UpCommand::join);
    children.stream().limit(1).forEach(node -> node.stop(PATIENCE));
    out.println("Stopped.");
    out.flush();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.octopus.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packaged product, started as its users start it: a coordinator and workers as processes of
 * their own, on loopback, with a fresh data folder and the default settings of durability.
 */
final class Installed implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final Path LAUNCHER =
      Path.of(System.getProperty("octopus.home", ".")).resolve("bin").resolve("octopus");

  private final TemporaryFolder folder;
  private final List<Process> nodes = new ArrayList<>();
  private final int apiPort;
  private final int clusterPort;
  private final Path plugins;
  private final Duration firstStart;

  /** A coordinator with no plugins and no workers yet, ready. */
  Installed() throws IOException, InterruptedException {
    folder = TemporaryFolder.create();
    plugins = Files.createDirectory(folder.path().resolve("plugins"));
    apiPort = freePort();
    clusterPort = freePort();
    firstStart = start();
  }

  /** How long the coordinator took to be ready with a data folder that had nothing in it. */
  Duration firstStart() {
    return firstStart;
  }

  /** Starts the coordinator (again), and answers how long it took until it was ready. */
  Duration start() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    nodes.add(
        0,
        launch(
            "coordinator",
            "coordinator",
            "--port",
            String.valueOf(apiPort),
            "--cluster-port",
            String.valueOf(clusterPort),
            "--data",
            data().toString(),
            "--set",
            "plugins.dir=" + plugins,
            "--set",
            "management.enabled=false",
            "--set",
            "log-level=WARN"));
    awaitReady(0);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Kills the coordinator as a power cut would. */
  void killCoordinator() throws InterruptedException {
    nodes.remove(0).destroyForcibly().waitFor();
  }

  /** Kills the coordinator and the workers; the data folder is nobody's then. */
  void killAll() {
    nodes.forEach(Process::destroyForcibly);
    nodes.forEach(node -> node.onExit().join());
    nodes.clear();
  }

  /** Starts one more worker and waits until it is Online. */
  void addWorker(String name, int slots, String... settings)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("worker", "--name", name));
    arguments.addAll(List.of("--slots", String.valueOf(slots)));
    arguments.addAll(List.of("--seed", "127.0.0.1:" + clusterPort, "--cluster-port", "0"));
    arguments.addAll(List.of("--data", folder.path().resolve(name).toString()));
    arguments.addAll(List.of("--set", "log-level=WARN"));
    for (var setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    nodes.add(launch(name, arguments.toArray(String[]::new)));
    awaitReady(nodes.size() - 1);
  }

  int apiPort() {
    return apiPort;
  }

  /** The port of the cluster, for nodes that this process brings. */
  int clusterPort() {
    return clusterPort;
  }

  Path data() {
    return folder.path().resolve("data");
  }

  /** The folder plugins are taken from. */
  Path plugins() {
    return plugins;
  }

  /** The coordinator's process id. */
  long coordinatorPid() {
    return nodes.get(0).pid();
  }

  private Process launch(String name, String... arguments) throws IOException {
    var line = new ArrayList<>(List.of(LAUNCHER.toString()));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(folder.path().resolve(name + ".log").toFile())
        .start();
  }

  private void awaitReady(int clients) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!isReady(clients)) {
      if (System.nanoTime() > deadline || nodes.stream().anyMatch(node -> !node.isAlive())) {
        throw new IOException("the nodes are not ready; their logs are in " + folder.path());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean isReady(int clients) {
    try (var connection = new Connection(apiPort)) {
      return connection.get("/health/ready").status() == 200
          && Occurrences.of("\"Online\"", connection.get("/clients?limit=500").body()) >= clients;
    } catch (IOException notYet) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    killAll();
    folder.close();
  }
}

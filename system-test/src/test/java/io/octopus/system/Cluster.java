package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * One coordinator and its workers, started from the distribution in a folder of their own.
 *
 * <p>As a static {@code @RegisterExtension} it lives as long as the class, as an instance field as
 * long as the test. Afterwards every process is gone, plugin processes too; after a failure the
 * consoles are shown.
 */
public final class Cluster
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  /** How long a node may take to be ready on a busy machine. */
  private static final Duration START = Duration.ofSeconds(40);

  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> coordinatorOnly = new HashMap<>();
  private final Map<String, Integer> workerPorts = new HashMap<>();
  private final List<SmallDisk> disks = new ArrayList<>();
  private final List<OctopusProcess> started = new ArrayList<>();
  private final int port = Ports.free();
  private final int clusterPort = Ports.free();
  private final int managementPort = Ports.free();
  private final Api api = new Api(port);
  private String host = "127.0.0.1";
  private boolean shared;
  private Path folder = Path.of("");

  private Cluster() {
    environment.put("OCTOPUS_CLUSTER_STABLE_AFTER", "5s");
    environment.put("OCTOPUS_CLUSTER_RECOVERY_GRACE", "15s");
    environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx384m");
  }

  /** A cluster with nothing started yet. */
  public static Cluster fresh() {
    return new Cluster();
  }

  /** Sets an environment variable of every node that is started from now on. */
  public Cluster with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Sets an environment variable of every coordinator that is started from now on. */
  public Cluster coordinatorWith(String variable, String value) {
    coordinatorOnly.put(variable, value);
    return this;
  }

  /** Lets the disk of every coordinator that is started from now on become slow. */
  public SlowDisk slowDisk() {
    var disk = SlowDisk.in(folder);
    coordinatorOnly.putAll(disk.environment());
    return disk;
  }

  /** Lets the clock of every coordinator that is started from now on be set. */
  public WrongClock wrongClock() {
    var clock = WrongClock.in(folder);
    coordinatorOnly.putAll(clock.environment());
    return clock;
  }

  /** Gives a node that is not started yet a disk of its own for its data. */
  public SmallDisk smallDisk(String node, int mebibytes) {
    var disk = SmallDisk.mount(data(node), mebibytes);
    disks.add(disk);
    return disk;
  }

  /** Runs every node as the product ships it, without the settings that make tests fast. */
  Cluster asShipped() {
    environment.keySet().removeIf(key -> true);
    return this;
  }

  public Api api() {
    return api;
  }

  int port() {
    return port;
  }

  public int managementPort() {
    return managementPort;
  }

  /** Where workers look for the coordinator. */
  String seed() {
    return host + ":" + clusterPort;
  }

  /** The folder of this test: data, plugins, consoles, ledgers. */
  public Path folder() {
    return folder;
  }

  Path plugins() {
    return folder.resolve("plugins");
  }

  /** The data folder of a node. */
  public Path data(String node) {
    return folder.resolve(node);
  }

  /** Everything that nodes of this name have said. */
  public String console(String node) {
    return started.stream()
        .filter(process -> process.name().equals(node))
        .findFirst()
        .map(OctopusProcess::console)
        .orElse("");
  }

  public Database database() {
    return new Database(data("coordinator").resolve("octopus.db"));
  }

  public Ledger ledger(String name) {
    return new Ledger(folder.resolve(name + ".ledger"));
  }

  /** Starts the coordinator, or starts it again on the same data, and waits until it is ready. */
  public OctopusProcess coordinator(String... flags) {
    var coordinator = startCoordinator(flags);
    awaitReady(coordinator);
    return coordinator;
  }

  /** Kills the coordinator and starts it again on the same data. */
  public void restartCoordinator() {
    killCoordinator();
    coordinator();
  }

  void killCoordinator() {
    started.stream()
        .filter(node -> node.name().equals("coordinator") && node.isAlive())
        .forEach(OctopusProcess::kill);
  }

  public OctopusProcess startCoordinator(String... flags) {
    return start("coordinator", coordinatorEnvironment(), coordinatorCommand(flags));
  }

  public void awaitReady(OctopusProcess node) {
    Patience.within(START)
        .failFast(() -> assertThat(node.isAlive()).as(node.tail()).isTrue())
        .until(() -> api.isReady());
  }

  /** Starts a worker and waits until the coordinator has it Online. */
  public OctopusProcess worker(String name, String... flags) {
    var worker = startWorker(name, flags);
    awaitClient(name, "Online", START);
    return worker;
  }

  public OctopusProcess startWorker(String name, String... flags) {
    return startWorker(List.of(), name, flags);
  }

  /** Starts a worker at the far end of a cable. */
  public OctopusProcess startWorker(Cable cable, String name, String... flags) {
    with("OCTOPUS_CLUSTER_HOST", cable.farAddress());
    try {
      return startWorker(cable.inTheRoom(), name, flags);
    } finally {
      with("OCTOPUS_CLUSTER_HOST", host);
    }
  }

  /** Lets the nodes speak over a cable instead of the loopback interface. */
  public void useCable(Cable cable) {
    host = cable.nearAddress();
    with("OCTOPUS_CLUSTER_HOST", host).with("OCTOPUS_CLUSTER_INSECURE", "true");
  }

  private synchronized OctopusProcess startWorker(
      List<String> prefix, String name, String... flags) {
    var command = new ArrayList<String>(List.of("worker", "--name", name));
    command.addAll(List.of("--seed", seed()));
    command.addAll(List.of("--data", data(name).toString()));
    command.addAll(Arrays.asList(flags));
    int workerPort = workerPorts.computeIfAbsent(name, any -> Ports.free());
    return start(
        prefix, name, Map.of("OCTOPUS_CLUSTER_PORT", Integer.toString(workerPort)), command);
  }

  /** Starts what the quick start's one command starts. */
  OctopusProcess up(String... flags) {
    var command = new ArrayList<String>(List.of("up", "--port", Integer.toString(port)));
    command.addAll(List.of("--data", data("coordinator").toString()));
    command.addAll(Arrays.asList(flags));
    var up = start("up", coordinatorEnvironment(), command);
    awaitReady(up);
    return up;
  }

  /** Runs any command of the product with any environment on top. */
  OctopusProcess start(String name, Map<String, String> extra, List<String> command) {
    return start(List.of(), name, extra, command);
  }

  private synchronized OctopusProcess start(
      List<String> prefix, String name, Map<String, String> extra, List<String> command) {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("OCTOPUS_PLUGINS_DIR", plugins().toString());
    all.putAll(extra);
    List<String> line = new ArrayList<>(prefix);
    line.add(Distribution.octopus().toString());
    line.addAll(command);
    var process = OctopusProcess.start(name, folder, line, all);
    started.add(process);
    return process;
  }

  List<String> coordinatorCommand(String... flags) {
    var command = new ArrayList<String>(List.of("coordinator", "--port", Integer.toString(port)));
    command.addAll(List.of("--data", data("coordinator").toString()));
    command.addAll(Arrays.asList(flags));
    return command;
  }

  Map<String, String> coordinatorEnvironment() {
    Map<String, String> all = new HashMap<>(coordinatorOnly);
    all.put("OCTOPUS_CLUSTER_PORT", Integer.toString(clusterPort));
    all.put("OCTOPUS_CLUSTER_SEED_NODES", seed());
    all.put("OCTOPUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    return all;
  }

  public void awaitClient(String name, String status, Duration bound) {
    Patience.within(bound)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(api.client(name).status()).as(name).isEqualTo(status));
  }

  /** Waits until the task is in the status. */
  public Task awaitTask(Task task, String status, Duration bound) {
    Patience.within(bound)
        .untilAsserted(
            () ->
                assertThat(api.task(task.id()).status())
                    .as(() -> "task " + task.id() + " with " + api.executions(task.id()))
                    .isEqualTo(status));
    return api.task(task.id());
  }

  /** Waits until the only execution of the task is in the status. */
  public Execution awaitExecution(Task task, String status, Duration bound) {
    Patience.within(bound)
        .untilAsserted(
            () ->
                assertThat(api.executions(task.id()))
                    .as("executions of " + task.id())
                    .singleElement()
                    .satisfies(only -> assertThat(only.status()).isEqualTo(status)));
    return api.onlyExecution(task);
  }

  /** Waits until the only execution of the task is pending for that reason. */
  public Execution awaitWaiting(Task task, String reason) {
    Patience.within(Duration.ofSeconds(5))
        .untilAsserted(
            () -> {
              var execution = api.onlyExecution(task);
              assertThat(execution.status()).isEqualTo("Pending");
              assertThat(execution.reason()).isEqualTo(reason);
            });
    return api.onlyExecution(task);
  }

  /** Waits until the plugins have noted so many starts. */
  public void awaitStarts(Ledger ledger, int starts, Duration bound) {
    Patience.within(bound)
        .untilAsserted(() -> assertThat(ledger.starts()).hasSizeGreaterThanOrEqualTo(starts));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    shared = true;
    prepare(context.getRequiredTestClass().getSimpleName());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!shared) {
      prepare(
          context.getRequiredTestClass().getSimpleName()
              + "."
              + context.getRequiredTestMethod().getName());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!shared) {
      close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (shared) {
      close();
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    showConsoles();
    throw failure;
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    showConsoles();
    throw failure;
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    showConsoles();
    throw failure;
  }

  void prepare(String name) {
    folder = Distribution.workFolder().resolve(name).toAbsolutePath();
    deleteTree(folder);
    Distribution.copyPlugins(plugins());
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of " + name));
  }

  synchronized void close() {
    started.forEach(OctopusProcess::destroyTree);
    started.clear();
    // plugin processes of a killed worker have no parent any more
    ProcessTable.mentioning(folder.toString()).forEach(ProcessHandle::destroyForcibly);
    disks.forEach(SmallDisk::close);
    disks.clear();
  }

  @SuppressWarnings("SystemOut") // a failed build must show why on its console
  private void showConsoles() {
    started.forEach(node -> System.out.println(node.tail()));
  }

  private static void deleteTree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

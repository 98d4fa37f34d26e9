package io.octopus.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.octopus.config.Settings;
import io.octopus.config.WorkerSettings;
import io.octopus.plugin.run.OutputSink;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.work.ActionCall;
import io.octopus.protocol.work.AttemptFile;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.StartOrder;
import io.octopus.protocol.work.WorkerProtocol;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole worker, against a coordinator that only says what the test wants. */
class WorkerNodeTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path data;

  private final FakePlugins plugins = new FakePlugins();
  private int port;
  private FakeCoordinator coordinator;
  private WorkerNode worker;

  @BeforeEach
  void startBoth() throws Exception {
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    coordinator = new FakeCoordinator(port, settings("one").akka());
    worker = WorkerNode.start(settings("one"), folder -> plugins);
    worker.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void stopBoth() throws Exception {
    worker.stop();
    worker.terminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    coordinator.kill();
  }

  @Test
  void runsAnAttemptAndDeliversItsOutputAndThenItsResult() throws Exception {
    var order = order("t1", true);

    coordinator.start(order);
    await().atMost(SOON).until(() -> !plugins.started().isEmpty());
    var action = plugins.started().get(0);
    action.output().write(OutputSink.Stream.STDOUT, null, Instant.EPOCH, "hello\n");
    action.complete("{\"a\":1}");

    await().atMost(SOON).until(() -> coordinator.outcomes.containsKey(order.attempt()));
    assertThat(coordinator.outcomes.get(order.attempt()))
        .isEqualTo(new AttemptOutcome.Completed("{\"a\":1}", null));
    assertThat(coordinator.output).containsEntry(order.attempt(), "hello\n");
    assertThat(action.request().file()).hasBinaryContent(FakeCoordinator.PLUGIN);
  }

  @Test
  void aLargeResultAndTheFilesThatAPluginLeftAreStoredBeforeTheReport() throws Exception {
    var order = order("t1", true);
    var result = '"' + "é".repeat(2_000_000) + '"';
    var picture = Files.write(data.resolve("picture"), new byte[300_000]);
    var empty = Files.createFile(data.resolve("empty"));
    coordinator.filePiecesToLose = 1;

    coordinator.start(order);
    await().atMost(SOON).until(() -> !plugins.started().isEmpty());
    var action = plugins.started().get(0);
    action.output().artefact("a/picture é.png", picture);
    action.output().artefact("empty", empty);
    action.complete(result);

    await().atMost(SOON).until(() -> coordinator.outcomes.containsKey(order.attempt()));
    var files = coordinator.filesOf(order.attempt());
    assertThat(coordinator.storedResultOf(order.attempt())).isEqualTo(result);
    assertThat(files.keySet())
        .extracting(AttemptFile::name)
        .containsExactlyInAnyOrder("result", "a/picture é.png", "empty");
    assertThat(files.values()).extracting(content -> content.length).contains(300_000, 0);
    await().atMost(SOON).until(() -> isEmpty(data.resolve("one/files")));
  }

  @Test
  void aLargeResultThatWasNotAcknowledgedIsDeliveredByTheNextProcess() throws Exception {
    var order = order("t1", false);
    var result = '"' + "x".repeat(1_000_000) + '"';
    coordinator.filePiecesToLose = Integer.MAX_VALUE;
    coordinator.start(order);
    await().atMost(SOON).until(() -> plugins.started().size() == 1);
    plugins.started().get(0).complete(result);
    await().atMost(SOON).until(() -> coordinator.filePieces.get() > 0);
    worker.stop();
    worker.terminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(coordinator.outcomes).isEmpty();
    coordinator.kill();

    coordinator = new FakeCoordinator(port, settings("one").akka());
    worker = WorkerNode.start(settings("one"), folder -> plugins);

    await().atMost(SOON).until(() -> coordinator.outcomes.containsKey(order.attempt()));
    assertThat(coordinator.storedResultOf(order.attempt())).isEqualTo(result);
  }

  @Test
  void aCoordinatorThatHasLostALargeResultGetsItAgain() throws Exception {
    coordinator.acknowledges = false;
    var order = order("t1", true);
    coordinator.start(order);
    await().atMost(SOON).until(() -> plugins.started().size() == 1);
    plugins.started().get(0).complete('"' + "x".repeat(200_000) + '"');
    await()
        .atMost(SOON)
        .until(
            () ->
                coordinator.filesOf(order.attempt()).values().stream()
                    .anyMatch(content -> content.length == 200_002));
    var file = coordinator.filesOf(order.attempt()).keySet().iterator().next();
    coordinator.files.clear();

    coordinator.worker().tell(new WorkerProtocol.FileStored(order.attempt(), file, 0));

    await()
        .atMost(SOON)
        .until(
            () ->
                coordinator.filesOf(order.attempt()).values().stream()
                    .anyMatch(content -> content.length == 200_002));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  @Test
  void anOrderThatIsRepeatedStartsNothingTwice() throws Exception {
    var order = order("t1", true);

    coordinator.start(order);
    coordinator.start(order);

    await().atMost(SOON).until(() -> coordinator.answers.size() == 2);
    assertThat(coordinator.answers)
        .allSatisfy(answer -> assertThat(answer.attempt()).isEqualTo(order.attempt()))
        .allSatisfy(answer -> assertThat(answer.accepted()).isTrue());
    await().atMost(SOON).until(() -> plugins.started().size() == 1);
  }

  @Test
  void comesBackToARestartedCoordinatorWithItsWorkStillRunning() throws Exception {
    var order = order("t1", true);
    coordinator.start(order);
    await().atMost(SOON).until(() -> plugins.started().size() == 1);
    var incarnation = coordinator.registered.get(0).incarnation();

    coordinator.kill();
    coordinator = new FakeCoordinator(port, settings("one").akka());

    await().atMost(SOON).until(() -> !coordinator.registered.isEmpty());
    var again = coordinator.registered.get(0);
    assertThat(again.incarnation()).isEqualTo(incarnation);
    assertThat(again.running()).containsExactly(order.attempt());
    plugins.started().get(0).complete("1");
    await().atMost(SOON).until(() -> coordinator.outcomes.containsKey(order.attempt()));
    assertThat(plugins.started()).hasSize(1);
  }

  @Test
  void comesBackToACoordinatorThatWasAwayForLongerThanItsPatience() throws Exception {
    var order = order("t1", true);
    coordinator.start(order);
    await().atMost(SOON).until(() -> plugins.started().size() == 1);
    coordinator.kill();
    var killed = Instant.now();
    await().atMost(SOON).until(() -> killed.plusSeconds(12).isBefore(Instant.now()));

    coordinator = new FakeCoordinator(port, settings("one").akka());

    await().atMost(SOON).until(() -> !coordinator.registered.isEmpty());
    assertThat(coordinator.registered.get(0).running()).containsExactly(order.attempt());
    assertThat(plugins.started().get(0).end()).isNotDone();
  }

  @Test
  void aSecondProcessWithTheSameNameIsRefusedAndEndsWithThree() throws Exception {
    var second = WorkerNode.start(settings("two"), folder -> new FakePlugins());

    assertThat(second.terminated().toCompletableFuture().get(30, TimeUnit.SECONDS)).isEqualTo(3);
  }

  @Test
  void aResultThatWasNotAcknowledgedIsDeliveredByTheNextProcess() throws Exception {
    coordinator.acknowledges = false;
    var order = order("t1", false);
    coordinator.start(order);
    await().atMost(SOON).until(() -> plugins.started().size() == 1);
    plugins.started().get(0).output().write(OutputSink.Stream.LOG, "INFO", Instant.EPOCH, "x\n");
    plugins.started().get(0).complete("1");
    worker.stop();
    worker.terminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    coordinator.kill();

    coordinator = new FakeCoordinator(port, settings("one").akka());
    worker = WorkerNode.start(settings("one"), folder -> plugins);

    await().atMost(SOON).until(() -> coordinator.outcomes.containsKey(order.attempt()));
    assertThat(coordinator.registered.get(0).waiting()).containsExactly(order.attempt());
    assertThat(coordinator.output).containsEntry(order.attempt(), "x\n");
  }

  @Test
  void aDataFolderServesOneProcessOnly() {
    assertThatThrownBy(() -> WorkerNode.start(settings("one"), folder -> new FakePlugins()))
        .isInstanceOf(WorkerStartException.class)
        .hasMessageContaining("another worker uses the data folder");
  }

  @Test
  void whatStillRunsWhenItsGraceIsOverIsReportedAsLostAndTheWorkerLeaves() throws Exception {
    var order = order("t1", true);
    coordinator.start(order);
    await().atMost(SOON).until(() -> plugins.started().size() == 1);

    worker.stop();

    assertThat(worker.terminated().toCompletableFuture().get(10, TimeUnit.SECONDS)).isEqualTo(0);
    assertThat(coordinator.outcomes.get(order.attempt()))
        .isEqualTo(new AttemptOutcome.Lost("the worker was stopped"));
    assertThat(coordinator.left).hasSize(1);
  }

  private WorkerSettings settings(String folder) {
    return Settings.defaults()
        .with("octopus.cluster.port", 0)
        .with("octopus.cluster.seed-nodes", List.of("127.0.0.1:" + port))
        .with("octopus.cluster.stable-after", "5s")
        .with("octopus.client.name", "desk")
        .with("octopus.client.slots", 2)
        .with("octopus.client.stop-grace", "1s")
        .with("octopus.data-dir", data.resolve(folder).toString())
        .worker();
  }

  private static StartOrder order(String task, boolean movable) throws Exception {
    var hash = MessageDigest.getInstance("SHA-256").digest(FakeCoordinator.PLUGIN);
    return new StartOrder(
        new AttemptId(new TaskId(task).run(1).execution(1), 1),
        new ActionCall(
            new PluginRef("hello", "hello.py", "1", HexFormat.of().formatHex(hash)),
            "main",
            "[]",
            "{}",
            Duration.ofMinutes(5)),
        Instant.EPOCH,
        movable);
  }
}

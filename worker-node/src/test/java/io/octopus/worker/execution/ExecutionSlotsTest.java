package io.octopus.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import io.octopus.config.ResultSettings;
import io.octopus.plugin.run.ActionOutcome;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.work.ActionCall;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.StartOrder;
import io.octopus.worker.FakePlugins;
import io.octopus.worker.link.Delivery;
import io.octopus.worker.link.Outbound;
import io.octopus.worker.link.Uplink;
import io.octopus.worker.plugin.PluginCache;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two slots, real runners, actions that end when told. */
class ExecutionSlotsTest {

  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Path FILE = Path.of("hello.py");

  @TempDir Path folder;

  private final FakePlugins plugins = new FakePlugins();
  private final TestProbe<Uplink.Command> uplink = KIT.createTestProbe();
  private final TestProbe<Delivery.Command> delivery = KIT.createTestProbe();
  private final TestProbe<OutputStreamer.Command> streamer = KIT.createTestProbe();
  private final TestProbe<FileSender.Command> files = KIT.createTestProbe();
  private RunnerTools tools;
  private ActorRef<ExecutionSlots.Command> slots;

  @BeforeEach
  void start() {
    ActorRef<PluginCache.Command> cache =
        KIT.spawn(
            Behaviors.receive(PluginCache.Command.class)
                .onMessage(
                    PluginCache.Get.class,
                    get -> {
                      get.replyTo()
                          .tell(
                              get.plugin().name().equals("unknown")
                                  ? new PluginCache.Missing("no such content")
                                  : new PluginCache.Ready(FILE));
                      return Behaviors.same();
                    })
                .build());
    tools =
        new RunnerTools(
            plugins,
            cache,
            delivery.ref(),
            streamer.ref(),
            files.ref(),
            uplink.ref(),
            new OutputFolder(folder),
            new FileFolder(folder.resolve("files")),
            Runnable::run,
            InstantSource.system(),
            "desk",
            new ResultSettings(1000, 1000, 1000));
    slots = KIT.spawn(ExecutionSlots.create(2, tools, List.of(attempt(99))));
    slots.tell(new ExecutionSlots.RunnerHealth(""));
    standing(2);
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void noMoreIsStartedThanThereAreSlots() {
    assertThat(start(order(1)).free()).isEqualTo(1);
    assertThat(start(order(2)).free()).isZero();

    assertThat(start(order(3)).refusal()).isEqualTo("no free slot");
    assertThat(plugins.started()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void anAttemptIsStartedAtMostOnceHoweverOftenItIsAsked() {
    assertThat(start(order(1)).accepted()).isTrue();
    assertThat(start(order(1)).accepted()).isTrue();
    running(1).complete("1");
    handedOver();
    assertThat(start(order(1)).accepted()).isTrue();
    assertThat(start(order(99)).accepted()).isTrue();

    assertThat(plugins.started()).hasSize(1);
  }

  @Test
  void aSlotIsFreeWhenTheResultIsSafe() {
    start(order(1));
    start(order(2));
    running(2).complete("{}");
    var result = handedOver();
    assertThat(start(order(3)).accepted()).isFalse();

    result.replyTo().tell(new Delivery.Safe(result.report().attempt()));

    await().atMost(SOON).until(() -> start(order(3)).accepted());
  }

  @Test
  void whatThePluginReturnedIsReported() {
    start(order(1));
    running(1).complete("{\"a\":1}");

    assertThat(handedOver().report().outcome())
        .isEqualTo(new AttemptOutcome.Completed("{\"a\":1}", null));
  }

  @Test
  void aResultAboveTheLimitFailsTheAttempt() {
    start(order(1));
    running(1).complete("\"" + "x".repeat(1000) + "\"");

    assertThat(handedOver().report().outcome())
        .isInstanceOfSatisfying(
            AttemptOutcome.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo("result_too_large"));
  }

  @Test
  void anUnknownPluginFailsTheAttempt() {
    start(order(1, "unknown", false));

    assertThat(handedOver().report().outcome())
        .isInstanceOfSatisfying(
            AttemptOutcome.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo("plugin_missing"));
    assertThat(plugins.started()).isEmpty();
  }

  @Test
  void aStoppedAttemptIsKilledAndItsOutcomeDropped() {
    start(order(1));
    var action = running(1);

    slots.tell(new ExecutionSlots.Stop(attempt(1), "cancelled"));

    await().atMost(SOON).until(() -> action.end().isDone());
    standing(2);
    delivery.expectNoMessage(Duration.ZERO);
  }

  @Test
  void withoutContactOnlyMovableWorkIsGivenUp() {
    start(order(1, "hello", true));
    start(order(2, "hello", false));
    running(2);

    slots.tell(new ExecutionSlots.EndMovable("no contact"));

    assertThat(handedOver().report())
        .satisfies(report -> assertThat(report.attempt()).isEqualTo(attempt(1)))
        .satisfies(
            report ->
                assertThat(report.outcome()).isEqualTo(new AttemptOutcome.Lost("no contact")));
    assertThat(plugins.started()).filteredOn(it -> !it.end().isDone()).hasSize(1);
  }

  @Test
  void workThatEndedByItselfIsNotReportedAsLost() {
    start(order(1));
    running(1).end().complete(new ActionOutcome.Completed("1", null));
    slots.tell(new ExecutionSlots.EndAll("the worker was stopped"));

    assertThat(handedOver().report().outcome()).isEqualTo(new AttemptOutcome.Completed("1", null));
  }

  @Test
  void whileTheDiskTakesNothingThereIsNoNewWork() {
    slots.tell(new ExecutionSlots.DiskHealth("disk full"));
    standing(0);
    assertThat(start(order(1)).refusal()).isEqualTo("disk full");

    slots.tell(new ExecutionSlots.DiskHealth(""));
    standing(2);
    assertThat(start(order(1)).accepted()).isTrue();
  }

  @Test
  void whileAnInterpreterIsMissingThereIsNoNewWorkHoweverTheDiskIs() {
    slots.tell(new ExecutionSlots.RunnerHealth("no python3"));
    slots.tell(new ExecutionSlots.DiskHealth(""));
    standing(0);
    assertThat(start(order(1)).refusal()).isEqualTo("no python3");

    slots.tell(new ExecutionSlots.RunnerHealth(""));
    standing(2);
    assertThat(start(order(1)).accepted()).isTrue();
  }

  @Test
  void nothingIsOfferedBeforeItIsKnownWhatCanBeRun() {
    slots = KIT.spawn(ExecutionSlots.create(2, tools, List.of()));
    standing(0);
    assertThat(start(order(1)).refusal()).contains("does not know yet");

    slots.tell(new ExecutionSlots.RunnerHealth(""));
    standing(2);
    assertThat(start(order(1)).accepted()).isTrue();
  }

  @Test
  void drainedMeansThatNothingRunsAndNothingWill() {
    start(order(1));
    var drained = KIT.<ExecutionSlots.Drained>createTestProbe();
    slots.tell(new ExecutionSlots.Drain(drained.ref()));
    assertThat(start(order(2)).accepted()).isFalse();
    drained.expectNoMessage(Duration.ZERO);

    running(1).complete("1");
    var result = handedOver();
    result.replyTo().tell(new Delivery.Safe(attempt(1)));

    drained.expectMessageClass(ExecutionSlots.Drained.class, SOON);
  }

  @Test
  void coordinatorsHearWhatRuns() {
    slots.tell(new ExecutionSlots.Start(order(1)));

    assertThat(standing(1).running()).containsExactly(attempt(1));
  }

  private Outbound.StartAnswered start(StartOrder order) {
    slots.tell(new ExecutionSlots.Start(order));
    return heard(Outbound.StartAnswered.class, answer -> answer.attempt().equals(order.attempt()));
  }

  /** Waits until so many slots are said to be free. */
  private Uplink.Standing standing(int free) {
    return heard(Uplink.Standing.class, standing -> standing.free() == free);
  }

  private <T extends Uplink.Command> T heard(Class<T> type, Predicate<T> wanted) {
    var heard =
        uplink.fishForMessage(
            SOON,
            message ->
                type.isInstance(message) && wanted.test(type.cast(message))
                    ? FishingOutcomes.complete()
                    : FishingOutcomes.continueAndIgnore());
    return type.cast(heard.get(heard.size() - 1));
  }

  /** The action that was started n-th. */
  private FakePlugins.Action running(int count) {
    await().atMost(SOON).until(() -> plugins.started().size() >= count);
    return plugins.started().get(count - 1);
  }

  private Delivery.HandOver handedOver() {
    return delivery.expectMessageClass(Delivery.HandOver.class, SOON);
  }

  private static ExecutionId execution(int number) {
    return new TaskId("t").run(number).execution(1);
  }

  private static AttemptId attempt(int number) {
    return new AttemptId(execution(number), 1);
  }

  private static StartOrder order(int number) {
    return order(number, "hello", true);
  }

  private static StartOrder order(int number, String plugin, boolean movable) {
    return new StartOrder(
        attempt(number),
        new ActionCall(
            new PluginRef(plugin, plugin + ".py", "1", "0".repeat(64)),
            "main",
            "[]",
            "{}",
            Duration.ofHours(1)),
        Instant.EPOCH,
        movable);
  }
}

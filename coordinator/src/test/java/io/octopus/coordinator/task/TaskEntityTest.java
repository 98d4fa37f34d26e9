package io.octopus.coordinator.task;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit.CommandResultWithReply;
import com.typesafe.config.ConfigFactory;
import io.octopus.coordinator.task.TaskCommand.Accepted;
import io.octopus.coordinator.task.TaskCommand.Refusal;
import io.octopus.coordinator.task.TaskCommand.Refused;
import io.octopus.coordinator.task.TaskCommand.Reply;
import io.octopus.coordinator.task.TaskCommand.RunAccepted;
import io.octopus.coordinator.task.TaskCommand.SlotHeld;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.AttemptError;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TaskEntityTest {

  private static final ActorTestKit TEST_KIT =
      ActorTestKit.create(
          EventSourcedBehaviorTestKit.config()
              .withFallback(
                  ConfigFactory.parseString(
                      """
                      akka.actor.allow-java-serialization = off
                      akka.actor.serialization-bindings {
                        "io.octopus.protocol.CborSerializable" = jackson-cbor
                      }
                      """))
              .withFallback(ConfigFactory.load()));

  private static final TaskId TASK = new TaskId("t1");
  private static final ExecutionId FIRST = TASK.run(1).execution(1);
  private static final WorkerName DESK = new WorkerName("desk");
  private static final WorkerName LAPTOP = new WorkerName("laptop");
  private static final Incarnation LIFE = new Incarnation("life-1");
  private static final Incarnation NEXT_LIFE = new Incarnation("life-2");
  private static final PluginRef HELLO = new PluginRef("hello", "hello.py", "1.0", "abc");

  private final Clock clock = new Clock();
  private final List<FleetView.Client> clients = new ArrayList<>();
  private boolean isSettled = true;
  private Optional<PluginRef> plugin = Optional.of(HELLO);
  private final FreeSlots slots = new FreeSlots();
  private final TestProbe<DispatchNotice> dispatcher = TEST_KIT.createTestProbe();

  private final EventSourcedBehaviorTestKit<TaskCommand, TaskEvent, TaskState> task =
      EventSourcedBehaviorTestKit.create(
          TEST_KIT.system(),
          TaskEntity.create(
              TASK,
              new TaskEntity.Surroundings(
                  new FakeFleet(), name -> plugin, slots, dispatcher.ref(), clock, () -> 0.5)));

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void anAcceptedTaskFiresAtOnceAndIsOfferedToTheDispatcher() {
    var created = create(definition(new Owner.Anyone()));

    assertThat(created.reply()).isEqualTo(new Accepted());
    assertThat(created.events()).hasSize(2);
    assertThat(live().status()).isEqualTo(TaskStatus.Active);
    dispatcher.expectMessage(new DispatchNotice.Ready(FIRST, new Placement.Anywhere(Map.of())));
  }

  @Test
  void aFiringThatFindsAFreeSlotIsGrantedInTheSameCommit() {
    slots.free(DESK, LIFE);

    var created = create(definition(new Owner.Anyone()));

    assertThat(created.events()).hasSize(3);
    assertThat(live().execution(FIRST).orElseThrow().phase())
        .isEqualTo(new Execution.Running(1, DESK, LIFE));
    var granted = dispatcher.expectMessageClass(DispatchNotice.Granted.class);
    assertThat(granted.held()).isEqualTo(new TaskCommand.SlotHeld(FIRST, DESK, LIFE));
    assertThat(granted.order().attempt()).isEqualTo(new AttemptId(FIRST, 1));
  }

  @Test
  void aSlotThatAFiringCannotUseIsGivenBack() {
    plugin = Optional.empty();
    slots.free(DESK, LIFE);

    create(definition(new Owner.Anyone()));

    assertThat(live().status()).isEqualTo(TaskStatus.Failed);
    assertThat(slots.givenBack).containsExactly(new TaskCommand.SlotHeld(FIRST, DESK, LIFE));
  }

  @Test
  void theSameRequestAgainIsAcceptedAndStoresNothing() {
    create(definition(new Owner.Anyone()));

    var again = create(definition(new Owner.Anyone()));

    assertThat(again.reply()).isEqualTo(new Accepted());
    assertThat(again.hasNoEvents()).isTrue();
  }

  @Test
  void anotherRequestUnderTheSameKeyIsRefusedEvenAfterTheTaskWasDeleted() {
    create(definition(new Owner.Anyone()));
    assertThat(refusal(createAs("another")).refusal()).isEqualTo(Refusal.KEY_REUSED);

    user(replyTo -> new TaskCommand.Delete("me", replyTo));

    assertThat(refusal(createAs("another")).refusal()).isEqualTo(Refusal.KEY_REUSED);
    assertThat(createAs("hash").reply()).isEqualTo(new Accepted());
  }

  @Test
  void itKnowsWhichRequestCreatedItForEver() {
    assertThat(refusal(wasCreatedAs("hash")).refusal()).isEqualTo(Refusal.NOT_FOUND);

    create(definition(new Owner.Anyone()));
    assertThat(wasCreatedAs("hash").reply()).isEqualTo(new Accepted());
    assertThat(refusal(wasCreatedAs("another")).refusal()).isEqualTo(Refusal.KEY_REUSED);

    user(replyTo -> new TaskCommand.Delete("me", replyTo));
    assertThat(wasCreatedAs("hash").reply()).isEqualTo(new Accepted());
  }

  @Test
  void aTaskWithAStartTimeFiresWhenItIsWokenThenAndNotBefore() {
    var startAt = clock.instant().plusSeconds(60);
    create(definition(new Owner.Anyone(), startAt));
    assertThat(live().status()).isEqualTo(TaskStatus.Created);

    assertThat(wake().hasNoEvents()).isTrue();
    clock.advance(Duration.ofSeconds(61));
    wake();

    assertThat(live().run(TASK.run(1)).orElseThrow().fireTime()).isEqualTo(startAt);
  }

  @Nested
  class ForAll {

    @Test
    void freezesTheOnlineClientsAndSaysWhyItLeftOthersOut() {
      clients.add(client("desk", FleetView.Status.ONLINE, false));
      clients.add(client("laptop", FleetView.Status.IDLE, false));
      clients.add(client("drained", FleetView.Status.ONLINE, true));

      create(definition(new Owner.All()));

      var started = eventOf(TaskEvent.RunStarted.class);
      assertThat(started.executions()).containsExactly(new PlannedExecution(FIRST, DESK, null));
      assertThat(started.skipped())
          .containsExactly(
              new SkippedClient(LAPTOP, "client_offline"),
              new SkippedClient(new WorkerName("drained"), "draining"));
    }

    @Test
    void withoutTargetsTheRunFailsAtOnce() {
      create(definition(new Owner.All()));

      var ended = eventOf(TaskEvent.RunEnded.class);
      assertThat(ended.status()).isEqualTo(RunStatus.Failed);
      assertThat(ended.reason()).isEqualTo("no_targets");
      assertThat(live().status()).isEqualTo(TaskStatus.Failed);
    }

    @Test
    void waitsForTheClientsKnownBeforeTheCoordinatorStarted() {
      isSettled = false;
      create(definition(new Owner.All()));
      assertThat(live().status()).isEqualTo(TaskStatus.Created);

      isSettled = true;
      clients.add(client("desk", FleetView.Status.ONLINE, false));
      wake();

      assertThat(live().run(TASK.run(1)).orElseThrow().executions()).hasSize(1);
    }

    @Test
    void aTargetIsNeverGrantedToAnotherClient() {
      clients.add(client("desk", FleetView.Status.ONLINE, false));
      create(definition(new Owner.All()));

      var granted = grant(LAPTOP, LIFE);

      assertThat(granted.reply().refused()).containsExactly(FIRST);
      assertThat(granted.hasNoEvents()).isTrue();
    }

    @Test
    void aTargetWhoseWorkerIsGoneStaysAsItIs() {
      clients.add(client("desk", FleetView.Status.ONLINE, false));
      create(definition(new Owner.All()));
      grant(DESK, LIFE);

      assertThat(lose(DESK, LIFE).hasNoEvents()).isTrue();
      assertThat(report(1, completed()).reply().refused()).isEmpty();
    }

    @Test
    void aRunningTargetThatNeverCameBackIsLostWhenItExpires() {
      clients.add(client("desk", FleetView.Status.ONLINE, false));
      create(definition(new Owner.All()));
      grant(DESK, LIFE);
      clients.clear();

      clock.advance(Duration.ofDays(8));
      wake();

      assertThat(eventOf(TaskEvent.AttemptEnded.class).status()).isEqualTo(ExecutionStatus.Lost);
      assertThat(eventOf(TaskEvent.RunEnded.class).reason()).isEqualTo("expired");
    }
  }

  @Nested
  class WhileWaiting {

    @BeforeEach
    void start() {
      create(definition(new Owner.Anyone()));
    }

    @Test
    void aHeldSlotIsGrantedTheFirstAttemptWithThePluginPinned() {
      var granted = grant(DESK, LIFE);

      var order = granted.reply().orders().get(0);
      assertThat(order.attempt()).isEqualTo(new AttemptId(FIRST, 1));
      assertThat(order.call().plugin()).isEqualTo(HELLO);
      assertThat(order.movable()).isTrue();
    }

    @Test
    void theSameGrantAgainGivesTheSameAttempt() {
      grant(DESK, LIFE);

      var again = grant(DESK, LIFE);

      assertThat(again.reply().orders().get(0).attempt().number()).isEqualTo(1);
      assertThat(again.hasNoEvents()).isTrue();
    }

    @Test
    void aSecondWorkerIsNotGrantedWhatRuns() {
      grant(DESK, LIFE);

      assertThat(grant(LAPTOP, LIFE).reply().refused()).containsExactly(FIRST);
    }

    @Test
    void withoutItsPluginTheExecutionFails() {
      plugin = Optional.empty();

      grant(DESK, LIFE);

      assertThat(eventOf(TaskEvent.ExecutionEnded.class).reason()).isEqualTo("plugin_missing");
      assertThat(live().status()).isEqualTo(TaskStatus.Failed);
    }

    @Test
    void whatWaitedTooLongIsSkipped() {
      clock.advance(Duration.ofDays(8));
      wake();

      var ended = eventOf(TaskEvent.ExecutionEnded.class);
      assertThat(ended.status()).isEqualTo(ExecutionStatus.Skipped);
      assertThat(ended.reason()).isEqualTo("expired");
      assertThat(eventOf(TaskEvent.RunEnded.class).status()).isEqualTo(RunStatus.Failed);
    }

    @Test
    void cancellingEndsItAtOnceAndWithdrawsIt() {
      dispatcher.receiveMessage();

      user(replyTo -> new TaskCommand.CancelTask("me", replyTo));

      assertThat(live().status()).isEqualTo(TaskStatus.Cancelled);
      dispatcher.expectMessage(new DispatchNotice.Withdrawn(FIRST));
    }
  }

  @Nested
  class WhileRunning {

    @BeforeEach
    void start() {
      create(definition(new Owner.Anyone()));
      grant(DESK, LIFE);
      dispatcher.receiveMessage();
    }

    @Test
    void aCompletedAttemptCompletesExecutionRunAndTask() {
      report(1, completed());

      assertThat(live().status()).isEqualTo(TaskStatus.Completed);
      assertThat(live().runs()).isEmpty();
    }

    @Test
    void theSameReportAgainIsAcknowledgedAndStoredOnce() {
      report(1, completed());

      var again = report(1, completed());

      assertThat(again.reply().acknowledged()).containsExactly(new AttemptId(FIRST, 1));
      assertThat(again.hasNoEvents()).isTrue();
    }

    @Test
    void aFailureIsRetriedAfterItsDelayUntilTheAttemptsAreUsedUp() {
      report(1, failed("exception"));
      assertThat(eventOf(TaskEvent.AttemptEnded.class).reason()).isEqualTo("retry_at");
      assertThat(grantIsOffered()).isFalse();

      clock.advance(Duration.ofSeconds(11));
      wake();
      assertThat(grantIsOffered()).isTrue();
      grant(LAPTOP, LIFE);
      report(2, failed("exception"));

      assertThat(live().status()).isEqualTo(TaskStatus.Failed);
    }

    @Test
    void wrongArgumentsAreNotRetried() {
      report(1, failed("bad_arguments"));

      assertThat(live().status()).isEqualTo(TaskStatus.Failed);
    }

    @Test
    void aLostAttemptGoesElsewhereAndItsLateReportIsRefused() {
      lose(DESK, LIFE);
      dispatcher.expectMessageClass(DispatchNotice.Ready.class);
      assertThat(grant(LAPTOP, LIFE).reply().orders().get(0).attempt().number()).isEqualTo(2);

      var late = report(1, completed());

      assertThat(late.reply().refused()).containsExactly(new AttemptId(FIRST, 1));
      assertThat(late.hasNoEvents()).isTrue();
      assertThat(live().status()).isEqualTo(TaskStatus.Active);
    }

    @Test
    void fiveLostAttemptsGiveTheExecutionUp() {
      for (int attempt = 1; attempt < RetryPolicy.MAX_LOST; attempt++) {
        lose(DESK, LIFE);
        grant(DESK, LIFE);
      }

      lose(DESK, LIFE);

      assertThat(eventOf(TaskEvent.AttemptEnded.class).status()).isEqualTo(ExecutionStatus.Lost);
    }

    @Test
    void theLossOfAnotherLifeOfTheWorkerChangesNothing() {
      assertThat(lose(DESK, NEXT_LIFE).hasNoEvents()).isTrue();
    }

    @Test
    void aRegistrationThatListsTheAttemptLetsItGoOn() {
      var reconciled = reconcile(LIFE, List.of(new AttemptId(FIRST, 1)), List.of());

      assertThat(reconciled.hasNoEvents()).isTrue();
      assertThat(reconciled.reply().stop()).isEmpty();
      assertThat(reconciled.reply().start()).isEmpty();
    }

    @Test
    void aRegistrationOfTheSameLifeThatDoesNotListItIsToldToStartItAgain() {
      var reconciled = reconcile(LIFE, List.of(), List.of());

      assertThat(reconciled.hasNoEvents()).isTrue();
      assertThat(reconciled.reply().start().get(0).attempt()).isEqualTo(new AttemptId(FIRST, 1));
    }

    @Test
    void aRegistrationOfTheNextLifeLosesWhatItDoesNotList() {
      reconcile(NEXT_LIFE, List.of(), List.of());

      assertThat(eventOf(TaskEvent.AttemptEnded.class).outcome())
          .isInstanceOf(AttemptOutcome.Lost.class);
    }

    @Test
    void aResultThatWaitsInTheNextLifesSpoolIsAccepted() {
      var attempt = new AttemptId(FIRST, 1);
      assertThat(reconcile(NEXT_LIFE, List.of(), List.of(attempt)).hasNoEvents()).isTrue();

      assertThat(report(1, completed()).reply().refused()).isEmpty();
    }

    @Test
    void whatIsNoLongerCurrentIsStoppedWhenItsWorkerRegisters() {
      lose(DESK, LIFE);

      var reconciled = reconcile(LIFE, List.of(new AttemptId(FIRST, 1)), List.of());

      assertThat(reconciled.reply().stop()).containsExactly(new AttemptId(FIRST, 1));
    }

    @Test
    void cancellingIsFinalAtOnceAndStopsTheAttempt() {
      user(replyTo -> new TaskCommand.CancelExecution(FIRST, "me", replyTo));

      assertThat(eventOf(TaskEvent.RunEnded.class).status()).isEqualTo(RunStatus.Cancelled);
      dispatcher.expectMessageClass(DispatchNotice.StopAttempt.class);
      assertThat(report(1, completed()).hasNoEvents()).isTrue();
    }

    @Test
    void cancellingTwiceIsRefusedAsFinal() {
      user(replyTo -> new TaskCommand.CancelExecution(FIRST, "me", replyTo));

      var again = user(replyTo -> new TaskCommand.CancelExecution(FIRST, "me", replyTo));

      assertThat(refusal(again).refusal()).isEqualTo(Refusal.CONFLICT);
    }

    @Test
    void deletingCancelsWhatRunsAndAcknowledgesItsResultLater() {
      user(replyTo -> new TaskCommand.Delete("me", replyTo));
      dispatcher.expectMessageClass(DispatchNotice.StopAttempt.class);

      var late = report(1, completed());

      assertThat(late.reply().acknowledged()).hasSize(1);
      assertThat(late.hasNoEvents()).isTrue();
    }

    @Test
    void anEditDoesNotChangeWhatRuns() {
      var edited = definition(new Owner.Named(LAPTOP));
      user(replyTo -> new TaskCommand.Edit(edited, 1, "me", replyTo));

      assertThat(live().version()).isEqualTo(2);
      assertThat(live().run(TASK.run(1)).orElseThrow().work().owner())
          .isEqualTo(new Owner.Anyone());
    }

    @Test
    void anEditOfAnotherVersionIsRefused() {
      var stale =
          user(replyTo -> new TaskCommand.Edit(definition(new Owner.All()), 7, "me", replyTo));

      assertThat(refusal(stale).refusal()).isEqualTo(Refusal.STALE_VERSION);
    }

    @Test
    void runAgainStartsASecondRunAndTheTaskFollowsTheLatest() {
      var fired = user(replyTo -> fire(RunTrigger.MANUAL, null, replyTo));
      assertThat(fired.reply()).isEqualTo(new RunAccepted(TASK.run(2)));
      user(replyTo -> new TaskCommand.CancelRun(TASK.run(2), "me", replyTo));
      assertThat(live().status()).isEqualTo(TaskStatus.Active);

      report(1, completed());

      assertThat(live().status()).isEqualTo(TaskStatus.Cancelled);
    }

    @Test
    void aRetryRunsOnTheGivenClientsOnly() {
      user(replyTo -> fire(RunTrigger.RETRY, List.of(LAPTOP), replyTo));

      assertThat(eventOf(TaskEvent.RunStarted.class).executions())
          .containsExactly(new PlannedExecution(TASK.run(2).execution(1), LAPTOP, null));
    }

    @Test
    void everythingIsRememberedAfterARestart() {
      var before = live();

      task.restart();

      assertThat(live()).isEqualTo(before);
    }
  }

  private boolean grantIsOffered() {
    return task.getState() instanceof TaskState.Live live
        && live.execution(FIRST).orElseThrow().phase() instanceof Execution.Waiting waiting
        && waiting.isReady(clock.instant());
  }

  private TaskState.Live live() {
    return (TaskState.Live) task.getState();
  }

  private static Refused refusal(CommandResultWithReply<?, ?, ?, Reply> result) {
    return (Refused) result.reply();
  }

  private static TaskCommand fire(
      RunTrigger trigger, @Nullable List<WorkerName> clients, ActorRef<Reply> replyTo) {
    return new TaskCommand.Fire(trigger, null, null, clients, "me", replyTo);
  }

  private final List<TaskEvent> seen = new ArrayList<>();

  /** The newest event of this type. */
  private <E extends TaskEvent> E eventOf(Class<E> type) {
    return seen.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private CommandResultWithReply<TaskCommand, TaskEvent, TaskState, Reply> create(
      TaskDefinition definition) {
    return user(replyTo -> new TaskCommand.Create(definition, "hash", "me", replyTo));
  }

  private CommandResultWithReply<TaskCommand, TaskEvent, TaskState, Reply> createAs(String hash) {
    return user(
        replyTo -> new TaskCommand.Create(definition(new Owner.Anyone()), hash, "me", replyTo));
  }

  private CommandResultWithReply<TaskCommand, TaskEvent, TaskState, Reply> wasCreatedAs(
      String hash) {
    return user(replyTo -> new TaskCommand.WasCreated(hash, replyTo));
  }

  private CommandResultWithReply<TaskCommand, TaskEvent, TaskState, TaskCommand.Granted> grant(
      WorkerName worker, Incarnation incarnation) {
    return ask(
        replyTo ->
            new TaskCommand.GrantAttempts(
                List.of(new SlotHeld(FIRST, worker, incarnation)), replyTo));
  }

  private CommandResultWithReply<TaskCommand, TaskEvent, TaskState, TaskCommand.Reported> report(
      int attempt, AttemptOutcome outcome) {
    var report =
        new AttemptReport(new AttemptId(FIRST, attempt), outcome, clock.instant(), clock.instant());
    return ask(replyTo -> new TaskCommand.ReportAttempts(List.of(report), replyTo));
  }

  private CommandResultWithReply<TaskCommand, TaskEvent, TaskState, TaskCommand.Reconciled>
      reconcile(Incarnation incarnation, List<AttemptId> running, List<AttemptId> waiting) {
    return ask(replyTo -> new TaskCommand.Reconcile(DESK, incarnation, running, waiting, replyTo));
  }

  private CommandResultWithReply<TaskCommand, TaskEvent, TaskState, Done> lose(
      WorkerName worker, Incarnation incarnation) {
    return ask(replyTo -> new TaskCommand.WorkerLost(worker, incarnation, replyTo));
  }

  private CommandResultWithReply<TaskCommand, TaskEvent, TaskState, Done> wake() {
    return ask(replyTo -> new TaskCommand.Wake(clock.instant(), replyTo));
  }

  private CommandResultWithReply<TaskCommand, TaskEvent, TaskState, Reply> user(
      Function<ActorRef<Reply>, TaskCommand> command) {
    return ask(command);
  }

  private <R> CommandResultWithReply<TaskCommand, TaskEvent, TaskState, R> ask(
      Function<ActorRef<R>, TaskCommand> command) {
    CommandResultWithReply<TaskCommand, TaskEvent, TaskState, R> result = task.runCommand(command);
    seen.addAll(result.events());
    return result;
  }

  private static AttemptOutcome completed() {
    return new AttemptOutcome.Completed("{\"ok\":true}", null);
  }

  private static AttemptOutcome failed(String reason) {
    return new AttemptOutcome.Failed(reason, new AttemptError("E", "bad", null), "null");
  }

  private static FleetView.Client client(String name, FleetView.Status status, boolean draining) {
    return new FleetView.Client(new WorkerName(name), status, draining, Map.of());
  }

  private static TaskDefinition definition(Owner owner) {
    return definition(owner, null);
  }

  private static TaskDefinition definition(Owner owner, @Nullable Instant startAt) {
    return new TaskDefinition(
        "hello",
        null,
        owner,
        "hello",
        "main",
        "[]",
        "{}",
        Schedule.once(startAt),
        Duration.ofMinutes(1),
        new RetryPolicy(2, Duration.ofSeconds(10), 2.0, Duration.ofMinutes(1), 0.0, true),
        Duration.ofDays(7),
        Map.of());
  }

  private final class FakeFleet implements FleetView {
    @Override
    public List<Client> clients() {
      return clients;
    }

    @Override
    public boolean isSettled() {
      return isSettled;
    }
  }

  private static final class Clock implements InstantSource {
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public Instant instant() {
      return now;
    }

    void advance(Duration by) {
      now = now.plus(by);
    }
  }
}

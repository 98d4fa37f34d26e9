package io.octopus.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.octopus.coordinator.dispatch.WorkerRouter.RoomAgain;
import io.octopus.coordinator.dispatch.WorkerRouter.StartAttempt;
import io.octopus.coordinator.dispatch.WorkerRouter.TellOfRoom;
import io.octopus.coordinator.fleet.FleetSnapshot;
import io.octopus.coordinator.task.DispatchNotice;
import io.octopus.coordinator.task.Placement;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.coordinator.task.TaskCommand.GrantAttempts;
import io.octopus.coordinator.task.TaskCommand.Granted;
import io.octopus.coordinator.task.Tasks;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.ActionCall;
import io.octopus.protocol.work.StartOrder;
import io.octopus.protocol.work.WorkerProtocol.Credit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DispatcherTest {

  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final TaskId TASK = new TaskId("t1");
  private static final ExecutionId FIRST = TASK.run(1).execution(1);
  private static final ExecutionId SECOND = TASK.run(1).execution(2);
  private static final ExecutionId OTHER = new TaskId("t2").run(1).execution(1);
  private static final Placement ANYWHERE = new Placement.Anywhere(Map.of());
  private static final WorkerName DESK = new WorkerName("desk");
  private static final Incarnation LIFE = FleetMembers.LIFE;

  private final WorkerCredits credits = new WorkerCredits(System::nanoTime);
  private final TestProbe<WorkerRouter.Command> router = TEST_KIT.createTestProbe();
  private final TestProbe<TaskCommand> task = TEST_KIT.createTestProbe();
  private final TestProbe<Map<ExecutionId, String>> explained = TEST_KIT.createTestProbe();
  private final ActorRef<Dispatcher.Command> dispatcher =
      TEST_KIT.spawn(
          Dispatcher.create(
              router.ref(),
              credits,
              new ProbedTasks(task.ref()),
              explained.ref()::tell,
              InstantSource.system()));
  private final ActorRef<RoomAgain> room = router.expectMessageClass(TellOfRoom.class).listener();

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void aSlotIsHeldBeforeTheAttemptIsGrantedAndGrantedBeforeItIsStarted() {
    deskHasFree(1);
    ready(FIRST);

    var grant = task.expectMessageClass(GrantAttempts.class);
    assertThat(grant.held()).containsExactly(held(FIRST));
    router.expectNoMessage(Duration.ofMillis(50));
    grant.replyTo().tell(new Granted(List.of(order(FIRST)), List.of()));

    var start = router.expectMessageClass(StartAttempt.class);
    assertThat(start.order().attempt().execution()).isEqualTo(FIRST);
    assertThat(start.worker()).isEqualTo(DESK);
  }

  @Test
  void whatIsReadyTwiceIsGrantedOnce() {
    deskHasFree(2);
    ready(FIRST);
    ready(FIRST);

    task.expectMessageClass(GrantAttempts.class);
    task.expectNoMessage(Duration.ofMillis(100));
    assertThat(credits.takeNext(SECOND, ANYWHERE)).isPresent();
  }

  @Test
  void withoutASlotItWaitsSaysWhyAndIsGivenOneWhenThereIsRoomAgain() {
    ready(FIRST);

    assertThat(explained.receiveMessage()).isEqualTo(Map.of(FIRST, "no_client_online"));
    deskHasFree(1);
    room.tell(new RoomAgain(DESK));

    assertThat(task.expectMessageClass(GrantAttempts.class).held()).containsExactly(held(FIRST));
  }

  @Test
  void aRefusedGrantGivesTheSlotToTheNext() {
    deskHasFree(1);
    ready(FIRST);
    var refused = task.expectMessageClass(GrantAttempts.class);
    ready(OTHER);

    refused.replyTo().tell(new Granted(List.of(), List.of(FIRST)));

    assertThat(task.expectMessageClass(GrantAttempts.class).held()).containsExactly(held(OTHER));
  }

  @Test
  void whatIsWithdrawnWhileItWaitsGetsNoSlot() {
    ready(FIRST);
    explained.receiveMessage();
    dispatcher.tell(new Dispatcher.Notice(new DispatchNotice.Withdrawn(FIRST)));
    deskHasFree(1);
    room.tell(new RoomAgain(null));

    task.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void whatItsTaskHasGrantedItselfIsStartedAndWaitsNoMore() {
    ready(FIRST);
    explained.receiveMessage();
    var granted = new DispatchNotice.Granted(order(FIRST), held(FIRST));
    dispatcher.tell(new Dispatcher.Notice(granted));

    assertThat(router.expectMessageClass(StartAttempt.class).worker()).isEqualTo(DESK);
    deskHasFree(1);
    room.tell(new RoomAgain(null));
    task.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void slotsOfABusyTaskGatherIntoOneQuestion() {
    deskHasFree(3);
    ready(FIRST);
    var first = task.expectMessageClass(GrantAttempts.class);
    var third = TASK.run(1).execution(3);
    ready(SECOND);
    ready(third);
    task.expectNoMessage(Duration.ofMillis(50));

    first.replyTo().tell(new Granted(List.of(order(FIRST)), List.of()));

    assertThat(task.expectMessageClass(GrantAttempts.class).held())
        .extracting(TaskCommand.SlotHeld::execution)
        .containsExactly(SECOND, third);
  }

  private void deskHasFree(int slots) {
    credits.fleetIs(new FleetSnapshot(List.of(FleetMembers.online(DESK, 4)), true));
    credits.credit(new Credit(DESK, LIFE, slots, List.of()));
  }

  private static TaskCommand.SlotHeld held(ExecutionId execution) {
    return new TaskCommand.SlotHeld(execution, DESK, LIFE);
  }

  private void ready(ExecutionId execution) {
    dispatcher.tell(new Dispatcher.Notice(new DispatchNotice.Ready(execution, ANYWHERE)));
  }

  private static StartOrder order(ExecutionId execution) {
    return new StartOrder(
        new AttemptId(execution, 1),
        new ActionCall(
            new PluginRef("hello", "hello.py", "", "abc"),
            "main",
            "[]",
            "{}",
            Duration.ofMinutes(1)),
        Instant.EPOCH,
        true);
  }

  /** Hands every question to the probe, which answers when the test says so. */
  private record ProbedTasks(ActorRef<TaskCommand> probe) implements Tasks {
    @Override
    public <R> CompletionStage<R> ask(TaskId task, Function<ActorRef<R>, TaskCommand> command) {
      var answer = new CompletableFuture<R>();
      TestProbe<R> replies = TEST_KIT.createTestProbe();
      probe.tell(command.apply(replies.ref()));
      return answer.completeAsync(() -> replies.receiveMessage(Duration.ofSeconds(20)));
    }
  }
}

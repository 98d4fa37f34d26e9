package io.octopus.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.fleet.FleetMember;
import io.octopus.coordinator.fleet.FleetSnapshot;
import io.octopus.coordinator.task.Placement;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.WorkerProtocol.Credit;
import io.octopus.protocol.work.WorkerProtocol.StartAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerCreditsTest {

  private static final WorkerName DESK = new WorkerName("desk");
  private static final WorkerName LAPTOP = new WorkerName("laptop");
  private static final Incarnation LIFE = FleetMembers.LIFE;
  private static final ExecutionId FIRST = new TaskId("t1").run(1).execution(1);
  private static final ExecutionId SECOND = new TaskId("t2").run(1).execution(1);
  private static final ExecutionId THIRD = new TaskId("t3").run(1).execution(1);
  private static final Placement ANYWHERE = new Placement.Anywhere(Map.of());
  private static final Placement ON_LINUX = new Placement.Anywhere(Map.of("os", "linux"));

  private long nanos;
  private final WorkerCredits credits = new WorkerCredits(() -> nanos);
  private final List<FleetMember> members = new ArrayList<>();

  @Test
  void aWorkerThatHasNotSaidItIsFreeGetsNothing() {
    join(FleetMembers.online(DESK, 4));

    assertThat(chosen(ANYWHERE)).isEmpty();
    assertThat(credits.reason(ANYWHERE)).isEqualTo("no_free_slot");
  }

  @Test
  void theLeastLoadedIsChosen() {
    join(FleetMembers.online(DESK, 4), FleetMembers.online(LAPTOP, 4));
    credits.credit(new Credit(DESK, LIFE, 1, List.of()));
    credits.credit(new Credit(LAPTOP, LIFE, 3, List.of()));

    assertThat(chosen(ANYWHERE)).contains(LAPTOP);
  }

  @Test
  void whatIsTakenIsSpentUntilItIsGivenBack() {
    join(FleetMembers.online(DESK, 1));
    credits.credit(new Credit(DESK, LIFE, 1, List.of()));

    var held = credits.take(FIRST, ANYWHERE).orElseThrow();
    assertThat(credits.take(SECOND, ANYWHERE)).isEmpty();
    credits.giveBack(held);

    assertThat(credits.take(SECOND, ANYWHERE)).isPresent();
  }

  @Test
  void aCreditFromBeforeTheStartPromisesNothingMore() {
    join(FleetMembers.online(DESK, 2));
    credits.credit(new Credit(DESK, LIFE, 2, List.of()));
    credits.take(FIRST, ANYWHERE);

    credits.credit(new Credit(DESK, LIFE, 2, List.of()));
    assertThat(credits.take(SECOND, ANYWHERE)).isPresent();
    assertThat(credits.take(THIRD, ANYWHERE)).isEmpty();
  }

  @Test
  void aStartThatIsAnsweredIsCountedByItsWorker() {
    join(FleetMembers.online(DESK, 2));
    credits.credit(new Credit(DESK, LIFE, 2, List.of()));
    credits.take(FIRST, ANYWHERE);

    credits.answered(new StartAnswer(DESK, LIFE, new AttemptId(FIRST, 1), true, null, 1));

    assertThat(credits.take(SECOND, ANYWHERE)).isPresent();
    assertThat(credits.take(THIRD, ANYWHERE)).isEmpty();
  }

  @Test
  void whatIsTakenAndNeverStartedIsFreeAgainAfterAWhile() {
    join(FleetMembers.online(DESK, 2));
    credits.credit(new Credit(DESK, LIFE, 2, List.of()));
    credits.take(FIRST, ANYWHERE);
    credits.take(SECOND, ANYWHERE);

    nanos += Duration.ofSeconds(31).toNanos();
    credits.forgetUnused(SECOND::equals);

    assertThat(credits.take(THIRD, ANYWHERE)).isPresent();
    assertThat(credits.take(FIRST, ANYWHERE)).isEmpty();
  }

  @Test
  void nobodyTakesWhatOthersWaitFor() {
    join(FleetMembers.online(DESK, 2), FleetMembers.online(LAPTOP, 2));
    credits.credit(new Credit(DESK, LIFE, 2, List.of()));
    credits.credit(new Credit(LAPTOP, LIFE, 1, List.of()));
    credits.waitedFor().add(new Placement.On(DESK));

    assertThat(credits.take(FIRST, ANYWHERE).orElseThrow().worker()).isEqualTo(LAPTOP);
    assertThat(credits.take(SECOND, ANYWHERE)).isEmpty();
    assertThat(credits.takeNext(SECOND, ANYWHERE).orElseThrow().worker()).isEqualTo(DESK);

    credits.waitedFor().clear();
    credits.waitedFor().add(ON_LINUX);
    assertThat(credits.take(THIRD, ANYWHERE)).isPresent();
  }

  @Test
  void aWorkerThatOwesASlotGetsNothingElseBefore() {
    var attempt = new AttemptId(FIRST, 1);
    join(FleetMembers.online(DESK, 4));
    credits.credit(new Credit(DESK, LIFE, 4, List.of()));
    credits.owes(DESK, attempt);
    assertThat(chosen(ANYWHERE)).isEmpty();

    credits.owesNoMore(attempt);

    assertThat(chosen(ANYWHERE)).contains(DESK);
  }

  @Test
  void creditOfAnEarlierLifeCountsForNothing() {
    credits.credit(new Credit(DESK, new Incarnation("earlier"), 4, List.of()));
    join(FleetMembers.online(DESK, 4));

    assertThat(chosen(ANYWHERE)).isEmpty();
  }

  @Test
  void drainingAndOfflineClientsGetNothing() {
    join(FleetMembers.draining(FleetMembers.online(DESK, 4)), FleetMembers.offline(LAPTOP));
    credits.credit(new Credit(DESK, LIFE, 4, List.of()));
    credits.credit(new Credit(LAPTOP, LIFE, 4, List.of()));

    assertThat(chosen(ANYWHERE)).isEmpty();
    assertThat(credits.reason(ANYWHERE)).isEqualTo("draining");
    assertThat(credits.reason(new Placement.On(DESK))).isEqualTo("draining");
    assertThat(credits.reason(new Placement.On(LAPTOP))).isEqualTo("client_offline");
  }

  @Test
  void labelsNarrow() {
    join(FleetMembers.online(DESK, 4));
    credits.credit(new Credit(DESK, LIFE, 4, List.of()));

    assertThat(chosen(ON_LINUX)).isEmpty();
    assertThat(credits.reason(ON_LINUX)).isEqualTo("label_mismatch");
  }

  @Test
  void withNobodyOnlineThatIsTheReason() {
    join(FleetMembers.offline(DESK));

    assertThat(credits.reason(ANYWHERE)).isEqualTo("no_client_online");
    assertThat(credits.reason(new Placement.On(LAPTOP))).isEqualTo("client_offline");
  }

  private Optional<WorkerName> chosen(Placement placement) {
    var held = credits.takeNext(FIRST, placement);
    held.ifPresent(credits::giveBack);
    return held.map(TaskCommand.SlotHeld::worker);
  }

  private void join(FleetMember... joined) {
    members.addAll(List.of(joined));
    credits.fleetIs(new FleetSnapshot(members, true));
  }
}

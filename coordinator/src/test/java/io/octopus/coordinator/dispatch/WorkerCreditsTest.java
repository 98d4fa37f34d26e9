package io.octopus.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.octopus.coordinator.fleet.ClientStatus;
import io.octopus.coordinator.fleet.FleetMember;
import io.octopus.coordinator.fleet.FleetSnapshot;
import io.octopus.coordinator.fleet.KnownClient;
import io.octopus.coordinator.task.FleetView;
import io.octopus.coordinator.task.Placement;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.WorkerCapabilities;
import io.octopus.protocol.work.WorkerProtocol.ToWorker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerCreditsTest {

  private static final WorkerName DESK = new WorkerName("desk");
  private static final WorkerName LAPTOP = new WorkerName("laptop");
  private static final Incarnation LIFE = new Incarnation("life");
  private static final Placement ANYWHERE = new Placement.Anywhere(Map.of());
  private static final Placement ON_LINUX = new Placement.Anywhere(Map.of("os", "linux"));

  private final WorkerCredits credits = new WorkerCredits();
  private final List<FleetMember> members = new ArrayList<>();

  @Test
  void aWorkerThatHasNotSaidItIsFreeGetsNothing() {
    join(online(DESK, 4));

    assertThat(chosen(ANYWHERE)).isEmpty();
    assertThat(credits.reason(ANYWHERE)).isEqualTo("no_free_slot");
  }

  @Test
  void theLeastLoadedIsChosen() {
    join(online(DESK, 4), online(LAPTOP, 4));
    credits.credit(DESK, LIFE, 1);
    credits.credit(LAPTOP, LIFE, 3);

    assertThat(chosen(ANYWHERE)).contains(LAPTOP);
  }

  @Test
  void whatWasAskedForIsSpent() {
    join(online(DESK, 1));
    credits.credit(DESK, LIFE, 1);

    credits.asked(DESK, LIFE);

    assertThat(chosen(ANYWHERE)).isEmpty();
  }

  @Test
  void theWorkersAnswerIsTheLastWord() {
    join(online(DESK, 4));
    credits.credit(DESK, LIFE, 1);
    credits.asked(DESK, LIFE);

    credits.answered(DESK, LIFE, 3);

    assertThat(chosen(ANYWHERE)).contains(DESK);
  }

  @Test
  void aSilentWorkerGetsNothingUntilItSpeaksAgain() {
    join(online(DESK, 4));
    credits.credit(DESK, LIFE, 4);
    credits.asked(DESK, LIFE);
    credits.silent(DESK, LIFE);
    assertThat(chosen(ANYWHERE)).isEmpty();

    credits.credit(DESK, LIFE, 4);

    assertThat(chosen(ANYWHERE)).contains(DESK);
  }

  @Test
  void aWorkerThatOwesASlotGetsNothingElseBefore() {
    var attempt = new AttemptId(new TaskId("t1").run(1).execution(1), 1);
    join(online(DESK, 4));
    credits.credit(DESK, LIFE, 4);
    credits.owes(DESK, attempt);
    assertThat(chosen(ANYWHERE)).isEmpty();

    credits.owesNoMore(attempt);

    assertThat(chosen(ANYWHERE)).contains(DESK);
  }

  @Test
  void creditOfAnEarlierLifeCountsForNothing() {
    credits.credit(DESK, new Incarnation("earlier"), 4);
    join(online(DESK, 4));

    assertThat(chosen(ANYWHERE)).isEmpty();
  }

  @Test
  void drainingAndOfflineClientsGetNothing() {
    join(draining(online(DESK, 4)), offline(LAPTOP));
    credits.credit(DESK, LIFE, 4);
    credits.credit(LAPTOP, LIFE, 4);

    assertThat(chosen(ANYWHERE)).isEmpty();
    assertThat(credits.reason(ANYWHERE)).isEqualTo("draining");
    assertThat(credits.reason(new Placement.On(DESK))).isEqualTo("draining");
    assertThat(credits.reason(new Placement.On(LAPTOP))).isEqualTo("client_offline");
  }

  @Test
  void labelsNarrow() {
    join(online(DESK, 4));
    credits.credit(DESK, LIFE, 4);

    assertThat(chosen(ON_LINUX)).isEmpty();
    assertThat(credits.reason(ON_LINUX)).isEqualTo("label_mismatch");
  }

  @Test
  void withNobodyOnlineThatIsTheReason() {
    join(offline(DESK));

    assertThat(credits.reason(ANYWHERE)).isEqualTo("no_client_online");
    assertThat(credits.reason(new Placement.On(LAPTOP))).isEqualTo("client_offline");
  }

  private Optional<WorkerName> chosen(Placement placement) {
    return credits.choose(placement).map(member -> member.client().name());
  }

  private void join(FleetMember... joined) {
    members.addAll(List.of(joined));
    credits.fleetIs(new FleetSnapshot(members, true));
  }

  private static FleetMember online(WorkerName name, int slots) {
    return new FleetMember(
        client(name, slots, KnownClient.Contact.REACHABLE, false),
        new ClientStatus(FleetView.Status.ONLINE, ""),
        TestInbox.<ToWorker>create().getRef());
  }

  private static FleetMember draining(FleetMember member) {
    return new FleetMember(
        client(member.client().name(), 4, KnownClient.Contact.REACHABLE, true),
        member.status(),
        member.link());
  }

  private static FleetMember offline(WorkerName name) {
    return new FleetMember(
        client(name, 4, KnownClient.Contact.GONE, false),
        new ClientStatus(FleetView.Status.OFFLINE, "gone"),
        null);
  }

  private static KnownClient client(
      WorkerName name, int slots, KnownClient.Contact contact, boolean draining) {
    return new KnownClient(
        name,
        LIFE,
        new WorkerCapabilities("h", "os", "1", slots, Map.of(), 1, 1, ""),
        "127.0.0.1:2552",
        contact,
        Instant.EPOCH,
        draining,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}

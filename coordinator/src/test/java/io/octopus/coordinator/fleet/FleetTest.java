package io.octopus.coordinator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.ConfigFactory;
import io.octopus.coordinator.task.FleetView;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.WorkerCapabilities;
import io.octopus.protocol.work.WorkerProtocol.Admitted;
import io.octopus.protocol.work.WorkerProtocol.AreYouThere;
import io.octopus.protocol.work.WorkerProtocol.InTouch;
import io.octopus.protocol.work.WorkerProtocol.KeepInTouch;
import io.octopus.protocol.work.WorkerProtocol.Leaving;
import io.octopus.protocol.work.WorkerProtocol.NotAdmitted;
import io.octopus.protocol.work.WorkerProtocol.Register;
import io.octopus.protocol.work.WorkerProtocol.StillHere;
import io.octopus.protocol.work.WorkerProtocol.ToWorker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FleetTest {

  private static final ActorTestKit TEST_KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  """
                  akka.actor.provider = cluster
                  akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                  akka.cluster.jmx.enabled = off
                  """)
              .withFallback(ConfigFactory.load()));
  private static final WorkerName DESK = new WorkerName("desk");
  private static final Incarnation LIFE = new Incarnation("life-1");
  private static final Incarnation NEXT_LIFE = new Incarnation("life-2");
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Memory memory = new Memory();
  private final TestProbe<Fleet.Announcement> watcher = TEST_KIT.createTestProbe();
  private final TestProbe<ToWorker> worker = TEST_KIT.createTestProbe();
  private final List<ActorRef<Fleet.Command>> spawned = new ArrayList<>();

  @BeforeAll
  static void formACluster() {
    var cluster = Cluster.get(TEST_KIT.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
  }

  @AfterEach
  void stopFleet() {
    spawned.forEach(TEST_KIT::stop);
  }

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void aWorkerIsAdmittedShownOnlineAndAnnounced() {
    var fleet = fleet(LONG, LONG);

    fleet.tell(new Fleet.Admit(register(LIFE, worker)));

    worker.expectMessage(new Admitted(LONG, LONG));
    assertThat(status()).isEqualTo(FleetView.Status.ONLINE);
    awaitAnnounced(Fleet.Registered.class);
  }

  @Test
  void aSecondProcessOfTheSameNameIsRefusedWhileTheFirstAnswers() {
    var fleet = fleet(LONG, LONG);
    admitted(fleet, LIFE, worker);
    TestProbe<ToWorker> second = TEST_KIT.createTestProbe();

    fleet.tell(new Fleet.Admit(register(NEXT_LIFE, second)));
    worker.expectMessageClass(AreYouThere.class).replyTo().tell(new StillHere(DESK, LIFE));

    assertThat(second.expectMessageClass(NotAdmitted.class).message()).contains("desk");
  }

  @Test
  void aSilentProcessIsReplacedByTheNext() {
    var fleet = fleet(LONG, LONG);
    admitted(fleet, LIFE, worker);
    TestProbe<ToWorker> second = TEST_KIT.createTestProbe();

    fleet.tell(new Fleet.Admit(register(NEXT_LIFE, second)));

    second.expectMessageClass(Admitted.class, Duration.ofSeconds(20));
  }

  @Test
  void theSameProcessIsAdmittedAgainUnderANewLink() {
    var fleet = fleet(LONG, LONG);
    admitted(fleet, LIFE, worker);
    TestProbe<ToWorker> link = TEST_KIT.createTestProbe();

    admitted(fleet, LIFE, link);
    fleet.tell(new Fleet.Touch(new KeepInTouch(DESK, LIFE, worker.ref())));

    worker.expectMessage(new InTouch(false));
  }

  @Test
  void whoIsNotKnownIsToldSo() {
    var fleet = fleet(LONG, LONG);

    fleet.tell(new Fleet.Touch(new KeepInTouch(DESK, LIFE, worker.ref())));

    worker.expectMessage(new InTouch(false));
  }

  @Test
  void whoLeavesInGoodOrderIsOfflineAndItsWorkIsGivenAwayAfterAWhile() {
    var fleet = fleet(SOON, LONG);
    admitted(fleet, LIFE, worker);

    fleet.tell(new Fleet.Leave(new Leaving(DESK, LIFE)));

    assertThat(awaitAnnounced(Fleet.Vanished.class)).isEqualTo(new Fleet.Vanished(DESK, LIFE));
    assertThat(memory.status(DESK)).isEqualTo(FleetView.Status.OFFLINE);
  }

  @Test
  void whoIsBackInTimeIsNotAnnouncedAsVanished() {
    var fleet = fleet(Duration.ofSeconds(2), LONG);
    admitted(fleet, LIFE, worker);
    fleet.tell(new Fleet.Leave(new Leaving(DESK, LIFE)));

    admitted(fleet, LIFE, worker);

    watcher.fishForMessage(
        Duration.ofSeconds(3),
        announcement ->
            announcement instanceof Fleet.Registered
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore());
    assertThat(memory.status(DESK)).isEqualTo(FleetView.Status.ONLINE);
  }

  @Test
  void drainingIsRememberedAcrossRegistrations() {
    var fleet = fleet(LONG, LONG);
    admitted(fleet, LIFE, worker);
    TestProbe<Fleet.Answer> answer = TEST_KIT.createTestProbe();

    fleet.tell(new Fleet.SetDraining(DESK, true, answer.ref()));
    answer.expectMessage(Fleet.Answer.DONE);
    admitted(fleet, NEXT_LIFE, worker);

    assertThat(memory.known(DESK).client().draining()).isTrue();
  }

  @Test
  void onlyAnOfflineClientCanBeForgotten() {
    var fleet = fleet(LONG, LONG);
    admitted(fleet, LIFE, worker);
    TestProbe<Fleet.Answer> answer = TEST_KIT.createTestProbe();

    fleet.tell(new Fleet.Forget(DESK, answer.ref()));
    answer.expectMessage(Fleet.Answer.NOT_OFFLINE);
    fleet.tell(new Fleet.Leave(new Leaving(DESK, LIFE)));
    fleet.tell(new Fleet.Forget(DESK, answer.ref()));
    answer.expectMessage(Fleet.Answer.DONE);

    assertThat(memory.clients).doesNotContainKey(DESK);
  }

  @Test
  void afterARestartItIsSettledWhenTheClientsKnownBeforeAreBack() {
    memory.remember(DESK, LIFE);
    var fleet = fleet(LONG, LONG);
    assertThat(changed().snapshot().isSettled()).isFalse();

    admitted(fleet, LIFE, worker);

    assertThat(changed().snapshot().isSettled()).isTrue();
  }

  @Test
  void orWhenTheyHadTheirTime() {
    memory.remember(DESK, LIFE);
    fleet(LONG, SOON);

    assertThat(awaitAnnounced(Fleet.RecoveryOver.class).registered()).isEmpty();
    assertThat(changed().snapshot().isSettled()).isTrue();
  }

  private ActorRef<Fleet.Command> fleet(Duration stableAfter, Duration recoveryGrace) {
    ActorRef<Fleet.Command> fleet =
        TEST_KIT.spawn(
            Fleet.create(
                new Fleet.Timing(stableAfter, recoveryGrace, Duration.ofMinutes(5)),
                memory,
                InstantSource.system()));
    spawned.add(fleet);
    fleet.tell(new Fleet.Watch(watcher.ref()));
    return fleet;
  }

  private void admitted(
      ActorRef<Fleet.Command> fleet, Incarnation incarnation, TestProbe<ToWorker> link) {
    fleet.tell(new Fleet.Admit(register(incarnation, link)));
    if (!incarnation.equals(LIFE) && link == worker) {
      link.expectMessageClass(AreYouThere.class);
      link.expectMessageClass(Admitted.class, Duration.ofSeconds(20));
    } else {
      link.expectMessageClass(Admitted.class);
    }
  }

  private FleetView.Status status() {
    return watcher
        .fishForMessage(
            Duration.ofSeconds(5),
            announcement ->
                announcement instanceof Fleet.Changed changed
                        && !changed.snapshot().members().isEmpty()
                    ? FishingOutcomes.complete()
                    : FishingOutcomes.continueAndIgnore())
        .stream()
        .map(announcement -> ((Fleet.Changed) announcement).snapshot().members().get(0))
        .map(member -> member.status().status())
        .findFirst()
        .orElseThrow();
  }

  private Fleet.Changed changed() {
    return awaitAnnounced(Fleet.Changed.class);
  }

  /** The next announcement of this kind; those before it are passed over. */
  private <A extends Fleet.Announcement> A awaitAnnounced(Class<A> kind) {
    var seen =
        watcher.fishForMessage(
            Duration.ofSeconds(10),
            announcement ->
                kind.isInstance(announcement)
                    ? FishingOutcomes.complete()
                    : FishingOutcomes.continueAndIgnore());
    return kind.cast(seen.get(seen.size() - 1));
  }

  private static Register register(Incarnation incarnation, TestProbe<ToWorker> link) {
    return new Register(DESK, incarnation, capabilities(), List.of(), List.of(), link.ref());
  }

  private static WorkerCapabilities capabilities() {
    return new WorkerCapabilities("host", "Linux", "1", 4, Map.of(), 2, 1, "");
  }

  /** Remembers in memory; read by the test's thread. */
  private static final class Memory implements ClientMemory {
    private final Map<WorkerName, FleetMember> clients = new ConcurrentHashMap<>();

    void remember(WorkerName name, Incarnation incarnation) {
      var now = Instant.ofEpochMilli(System.currentTimeMillis());
      var client =
          new KnownClient(
              name,
              incarnation,
              capabilities(),
              "127.0.0.1:2552",
              KnownClient.Contact.REACHABLE,
              now,
              false,
              now,
              now);
      clients.put(
          name, new FleetMember(client, ClientStatus.of(client, now, Duration.ofMinutes(5)), null));
    }

    FleetMember known(WorkerName name) {
      return Objects.requireNonNull(clients.get(name));
    }

    FleetView.Status status(WorkerName name) {
      return known(name).status().status();
    }

    @Override
    public CompletionStage<List<KnownClient>> load() {
      return CompletableFuture.completedFuture(
          clients.values().stream().map(FleetMember::client).toList());
    }

    @Override
    public CompletionStage<Done> save(List<FleetMember> members) {
      members.forEach(member -> clients.put(member.client().name(), member));
      return CompletableFuture.completedFuture(Done.getInstance());
    }

    @Override
    public CompletionStage<Done> forget(WorkerName name) {
      clients.remove(name);
      return CompletableFuture.completedFuture(Done.getInstance());
    }
  }
}

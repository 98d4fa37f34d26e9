package io.octopus.worker.link;

import static io.octopus.worker.link.Reports.attempt;
import static io.octopus.worker.link.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.octopus.protocol.work.AttemptOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delivery and spool together, on a real disk. */
class DeliveryTest {

  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final TestProbe<Uplink.Command> uplink = KIT.createTestProbe();
  private final TestProbe<LinkEvent.DiskHealth> health = KIT.createTestProbe();
  private final TestProbe<Delivery.Safe> slot = KIT.createTestProbe();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void aResultIsSafeOnDiskBeforeItsSlotIsFreeAndSentUntilItIsAcknowledged() throws IOException {
    var delivery = delivery();

    delivery.tell(new Delivery.HandOver(report(1), false, false, slot.ref()));

    slot.expectMessage(SOON, new Delivery.Safe(attempt(1)));
    assertThat(SpoolFiles.open(folder).waiting()).containsOnlyKeys(attempt(1));
    assertThat(nextReports().reports()).containsExactly(report(1));
    assertThat(nextReports().reports()).containsExactly(report(1));

    delivery.tell(new Delivery.Acknowledged(List.of(attempt(1))));
    var empty = KIT.<Delivery.Empty>createTestProbe();
    delivery.tell(new Delivery.WhenEmpty(empty.ref()));
    empty.expectMessageClass(Delivery.Empty.class, SOON);
    Awaitility.await().atMost(SOON).until(() -> SpoolFiles.open(folder).waiting().isEmpty());
  }

  @Test
  void whatWaitsIsSaidBeforeTheSlotIsFree() throws IOException {
    var delivery = delivery();
    uplink.expectMessage(SOON, new Uplink.Waiting(List.of()));

    delivery.tell(new Delivery.HandOver(report(1), false, false, slot.ref()));

    uplink.expectMessage(SOON, new Uplink.Waiting(List.of(attempt(1))));
    slot.expectMessage(SOON, new Delivery.Safe(attempt(1)));
  }

  @Test
  void aResultWithFilesGoesAfterItsFilesToo() throws IOException {
    var delivery = delivery();

    delivery.tell(new Delivery.HandOver(report(1), true, true, slot.ref()));
    delivery.tell(new Delivery.HandOver(report(2), false, true, slot.ref()));
    delivery.tell(new Delivery.OutputStored(attempt(1)));
    delivery.tell(new Delivery.FilesStored(attempt(2)));
    assertThat(nextReports().reports()).containsExactly(report(2));
    delivery.tell(new Delivery.Acknowledged(List.of(attempt(2))));
    delivery.tell(new Delivery.FilesStored(attempt(1)));

    assertThat(nextReports().reports()).containsExactly(report(1));
  }

  @Test
  void anAttemptWhoseResultCannotBeReadAnyMoreIsLost() throws IOException {
    var delivery = delivery();

    delivery.tell(new Delivery.HandOver(report(1), false, true, slot.ref()));
    slot.expectMessage(SOON, new Delivery.Safe(attempt(1)));
    delivery.tell(new Delivery.Unreadable(attempt(1)));

    assertThat(nextReports().reports().get(0).outcome()).isInstanceOf(AttemptOutcome.Lost.class);
  }

  @Test
  void aResultWithOutputGoesAfterItsOutput() throws IOException {
    var delivery = delivery();

    delivery.tell(new Delivery.HandOver(report(1), true, false, slot.ref()));
    delivery.tell(new Delivery.HandOver(report(2), false, false, slot.ref()));
    assertThat(nextReports().reports()).containsExactly(report(2));
    delivery.tell(new Delivery.Acknowledged(List.of(attempt(2))));
    delivery.tell(new Delivery.OutputStored(attempt(1)));

    assertThat(nextReports().reports()).containsExactly(report(1));
  }

  @Test
  void manyResultsThatEndTogetherArrive() throws IOException {
    var delivery = delivery();

    for (var number = 1; number <= 500; number++) {
      delivery.tell(new Delivery.HandOver(report(number), false, false, slot.ref()));
    }

    var arrived = new HashSet<>();
    while (arrived.size() < 500) {
      nextReports().reports().forEach(it -> arrived.add(it.attempt()));
    }
  }

  @Test
  void resultsOfAnEarlierProcessAreDelivered() throws IOException {
    try (var before = SpoolFiles.open(folder)) {
      before.keep(List.of(report(1), report(2)));
    }

    delivery();

    assertThat(nextReports().reports()).containsExactly(report(1), report(2));
  }

  @Test
  void whileTheDiskTakesNothingResultsAreDeliveredFromMemoryAndTheirSlotsStayBusy()
      throws IOException {
    var delivery = delivery();
    breakDisk();

    delivery.tell(new Delivery.HandOver(report(1), false, false, slot.ref()));

    assertThat(health.expectMessageClass(LinkEvent.DiskHealth.class, SOON).why()).isNotEmpty();
    assertThat(nextReports().reports()).containsExactly(report(1));
    slot.expectNoMessage(Duration.ofMillis(200));
    delivery.tell(new Delivery.Acknowledged(List.of(attempt(1))));
    slot.expectMessage(SOON, new Delivery.Safe(attempt(1)));
  }

  @Test
  void whenTheDiskTakesWritesAgainResultsAreKeptAndTheWorkerIsHealthy() throws IOException {
    var delivery = delivery();
    breakDisk();
    delivery.tell(new Delivery.HandOver(report(1), false, false, slot.ref()));
    health.expectMessageClass(LinkEvent.DiskHealth.class, SOON);

    Files.createDirectory(folder);

    slot.expectMessage(SOON, new Delivery.Safe(attempt(1)));
    assertThat(health.expectMessageClass(LinkEvent.DiskHealth.class, SOON).why()).isEmpty();
    assertThat(SpoolFiles.open(folder).waiting()).containsOnlyKeys(attempt(1));
  }

  /** No segment can be made where there is no folder. */
  private void breakDisk() throws IOException {
    Files.delete(folder);
  }

  private ActorRef<Delivery.Command> delivery() throws IOException {
    var files = SpoolFiles.open(folder);
    var left = files.waiting();
    var spool = KIT.spawn(ResultSpool.create(files, health.ref()));
    return KIT.spawn(
        Delivery.create(spool, uplink.ref(), MonotonicClock.system(), left, Set.of(), Set.of()));
  }

  private Outbound.Reports nextReports() {
    return (Outbound.Reports)
        uplink
            .fishForMessage(
                SOON,
                message ->
                    message instanceof Outbound.Reports
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore())
            .get(0);
  }
}

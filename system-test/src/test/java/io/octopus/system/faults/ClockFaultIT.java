package io.octopus.system.faults;

import static io.octopus.system.Patience.throughout;
import static io.octopus.system.Patience.within;
import static io.octopus.system.Requirement.needs;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.system.Cluster;
import io.octopus.system.Ledger;
import io.octopus.system.Run;
import io.octopus.system.Task;
import io.octopus.system.TaskRequest;
import io.octopus.system.WrongClock;
import io.octopus.system.check.Accepted;
import io.octopus.system.check.Checker;
import io.octopus.system.check.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The coordinator's clock is set, and drifts (fault 14). */
@Tag("slow")
class ClockFaultIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration PERIOD = Duration.ofSeconds(3);
  private static final Duration CRON_PERIOD = Duration.ofSeconds(4);

  /** What a busy machine may add to the one period that a firing may be late. */
  private static final Duration SLACK = Duration.ofSeconds(7);

  @RegisterExtension final Cluster cluster = Cluster.fresh();

  @BeforeEach
  void clocksCanBeSet() {
    needs(WrongClock.canBeMade(), "libfaketime, to set a clock");
  }

  @Test
  void aClockThatIsSetOrDriftsFiresNothingTwiceAndNothingEarlyAndSilencesNoSchedule() {
    var clock = cluster.wrongClock();
    cluster.coordinator();
    cluster.worker("alpha");
    var ledger = cluster.ledger("clock");
    var task = TaskRequest.noted(ledger, 0).by("alpha");
    var interval =
        cluster.api().create(task.with("type", "Interval").with("interval", PERIOD.toSeconds()));
    var other = TaskRequest.noted(ledger, 0).by("alpha").with("type", "Scheduled");
    var cron = cluster.api().create(other.with("cron", "*/4 * * * * *"));
    awaitNext(interval, PERIOD.multipliedBy(2));
    awaitNext(cron, CRON_PERIOD.multipliedBy(2));

    clock.set(Duration.ofMinutes(10));
    awaitFiringAfter(interval, Instant.now().plusSeconds(590), PERIOD);
    awaitFiringAfter(cron, Instant.now().plusSeconds(590), CRON_PERIOD);
    awaitWarning("the clock was set forward");

    clock.set(Duration.ofMinutes(5));
    awaitWarning("the clock was set back");
    var before = accounted(interval, cron);
    throughout(Duration.ofSeconds(8)).until(() -> accounted(interval, cron).equals(before));

    clock.set(Duration.ofMinutes(10));
    awaitNext(interval, PERIOD);
    awaitNext(cron, CRON_PERIOD);

    for (long drift : new long[] {700, 1400, 2100, 1400, 700, 0}) {
      clock.set(Duration.ofMinutes(10).plusMillis(drift));
      awaitNext(interval, PERIOD);
      awaitNext(cron, CRON_PERIOD);
    }

    assertAllAccountedForOnce(interval, cron);
    assertThat(ledger.startedTwice()).isEmpty();
  }

  private void awaitWarning(String words) {
    within(SOON).untilAsserted(() -> assertThat(cluster.console("coordinator")).contains(words));
  }

  /** Waits for one more firing. */
  private void awaitNext(Task task, Duration period) {
    awaitFiringAfter(task, last(task), period);
  }

  private void awaitFiringAfter(Task task, Instant time, Duration period) {
    within(period.plus(SLACK))
        .untilAsserted(() -> assertThat(last(task)).as("last of " + task).isAfter(time));
  }

  private Instant last(Task task) {
    return cluster.api().runs(task.id()).stream()
        .filter(run -> !run.status().equals("Skipped"))
        .map(Run::fireTime)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** All nominal times that are accounted for. */
  private List<String> accounted(Task... tasks) {
    return List.of(tasks).stream()
        .flatMap(task -> cluster.api().runs(task.id()).stream())
        .map(run -> run.id() + " " + run.fireTime() + " " + run.fireTimeUntil())
        .toList();
  }

  private void assertAllAccountedForOnce(Task interval, Task cron) {
    cluster.api().post("/tasks/" + interval.id() + "/pause").expect(200);
    cluster.api().post("/tasks/" + cron.id() + "/pause").expect(200);
    within(SOON).untilAsserted(() -> assertThat(cluster.api().runs()).allMatch(Run::isFinal));
    var accepted = List.of(Accepted.of(interval), Accepted.of(cron));
    // the client's clock is right, so that its ledger's times say nothing about the coordinator's
    List<Ledger.Entry> noLedger = List.of();
    var evidence = Evidence.of(cluster.api(), accepted, noLedger, Instant.MIN);
    assertThat(Checker.firings(evidence)).isEmpty();
  }
}

package io.octopus.worker.link;

import static io.octopus.worker.link.Reports.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.worker.link.DeliveryPlan.Awaited;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliveryPlanTest {

  private static final Duration NOW = Duration.ofSeconds(100);
  private static final int KIB_300 = 300 * 1024;

  private final DeliveryPlan plan = new DeliveryPlan();

  @Test
  void aBatchFitsOneMessage() {
    for (var number = 1; number <= 5; number++) {
      plan.add(attempt(number), KIB_300, Set.of());
    }

    assertThat(plan.next(NOW)).containsExactly(attempt(1), attempt(2), attempt(3));
    assertThat(plan.next(NOW)).containsExactly(attempt(4), attempt(5));
    assertThat(plan.next(NOW)).isEmpty();
  }

  @Test
  void oneThatIsLargerThanABatchGoesAlone() {
    plan.add(attempt(1), 5 * KIB_300, Set.of());
    plan.add(attempt(2), 10, Set.of());

    assertThat(plan.next(NOW)).containsExactly(attempt(1));
    assertThat(plan.next(NOW)).containsExactly(attempt(2));
  }

  @Test
  void notMoreIsOnTheWayThanAConnectionCarriesWell() {
    for (var number = 1; number <= 100; number++) {
      plan.add(attempt(number), KIB_300, Set.of());
    }
    var sent = new ArrayList<>();
    for (var batch = plan.next(NOW); !batch.isEmpty(); batch = plan.next(NOW)) {
      sent.addAll(batch);
    }

    assertThat(sent).hasSizeBetween(10, 16);
    plan.remove(attempt(1));
    plan.remove(attempt(2));
    assertThat(plan.next(NOW)).isNotEmpty();
  }

  @Test
  void whatIsNotAcknowledgedIsSentAgainLaterAndLater() {
    plan.add(attempt(1), 10, Set.of());
    var sentAt = new ArrayList<Long>();
    for (var second = 0; second <= 45; second++) {
      if (!plan.next(NOW.plusSeconds(second)).isEmpty()) {
        sentAt.add((long) second);
      }
    }

    assertThat(sentAt).containsExactly(0L, 1L, 3L, 7L, 15L, 25L, 35L, 45L);
  }

  @Test
  void afterANewConnectionEverythingIsDueAtOnce() {
    plan.add(attempt(1), 10, Set.of());
    plan.next(NOW);

    plan.startAnew();

    assertThat(plan.next(NOW)).containsExactly(attempt(1));
  }

  @Test
  void aResultWaitsUntilItsOutputIsStored() {
    plan.add(attempt(1), 10, EnumSet.of(Awaited.OUTPUT));
    assertThat(plan.next(NOW)).isEmpty();

    plan.arrived(attempt(1), Awaited.OUTPUT);

    assertThat(plan.next(NOW)).containsExactly(attempt(1));
  }
}

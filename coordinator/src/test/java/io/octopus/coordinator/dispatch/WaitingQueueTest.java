package io.octopus.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.task.Placement;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaitingQueueTest {

  private static final Placement ANYWHERE = new Placement.Anywhere(Map.of());
  private static final Placement ON_DESK = new Placement.On(new WorkerName("desk"));
  private static final ExecutionId FIRST = execution(1);
  private static final ExecutionId SECOND = execution(2);
  private static final ExecutionId THIRD = execution(3);

  private final Set<Placement> places = new HashSet<>();
  private final WaitingQueue queue = new WaitingQueue(places);

  @Test
  void whoCameFirstGoesFirst() {
    queue.add(FIRST, ANYWHERE);
    queue.add(SECOND, ANYWHERE);

    assertThat(poll()).isEqualTo(FIRST);
    assertThat(poll()).isEqualTo(SECOND);
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void whoIsPutBackKeepsItsPlaceInWhateverOrderTheyComeBack() {
    queue.add(FIRST, ANYWHERE);
    queue.add(SECOND, ANYWHERE);
    queue.add(THIRD, ANYWHERE);
    var first = queue.poll().orElseThrow();
    var second = queue.poll().orElseThrow();

    queue.putBack(first);
    queue.putBack(second);

    assertThat(poll()).isEqualTo(FIRST);
    assertThat(poll()).isEqualTo(SECOND);
    assertThat(poll()).isEqualTo(THIRD);
  }

  @Test
  void addingAgainChangesNothing() {
    queue.add(FIRST, ANYWHERE);
    queue.add(SECOND, ANYWHERE);
    queue.add(FIRST, ANYWHERE);

    poll();

    assertThat(poll()).isEqualTo(SECOND);
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void aBlockedLaneHoldsUpNoOther() {
    queue.add(FIRST, ANYWHERE);
    queue.add(SECOND, ON_DESK);
    queue.block(ANYWHERE, "no_free_slot");

    assertThat(poll()).isEqualTo(SECOND);
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void everyoneInABlockedLaneSaysWhyItWaits() {
    queue.add(FIRST, ON_DESK);
    queue.add(SECOND, ON_DESK);
    queue.add(THIRD, ANYWHERE);
    queue.block(ON_DESK, "client_offline");

    assertThat(queue.reasons())
        .isEqualTo(Map.of(FIRST, "client_offline", SECOND, "client_offline"));
  }

  @Test
  void roomAgainUnblocks() {
    queue.add(FIRST, ANYWHERE);
    queue.block(ANYWHERE, "no_free_slot");

    queue.unblockAll();

    assertThat(poll()).isEqualTo(FIRST);
  }

  @Test
  void roomAtAWorkerIsForThoseWhoMayRunThere() {
    queue.add(FIRST, ON_DESK);
    queue.add(SECOND, new Placement.On(new WorkerName("lab")));
    queue.add(THIRD, ANYWHERE);
    queue.block(ON_DESK, "client_offline");
    queue.block(new Placement.On(new WorkerName("lab")), "no_free_slot");
    queue.block(ANYWHERE, "no_free_slot");

    queue.unblock(new WorkerName("lab"));

    assertThat(poll()).isEqualTo(SECOND);
    assertThat(poll()).isEqualTo(THIRD);
    assertThat(queue.poll()).isEmpty();
    assertThat(queue.reasons()).isEqualTo(Map.of(FIRST, "client_offline"));
  }

  @Test
  void whereSomebodyWaitsCanBeSeen() {
    queue.add(FIRST, ANYWHERE);
    queue.add(SECOND, ON_DESK);
    assertThat(places).containsExactlyInAnyOrder(ANYWHERE, ON_DESK);

    poll();

    assertThat(places).containsExactly(ON_DESK);
  }

  @Test
  void whoIsRemovedIsNotGivenOut() {
    queue.add(FIRST, ANYWHERE);

    assertThat(queue.remove(FIRST)).isTrue();
    assertThat(queue.remove(FIRST)).isFalse();
    assertThat(queue.poll()).isEmpty();
  }

  private ExecutionId poll() {
    return queue.poll().orElseThrow().execution();
  }

  private static ExecutionId execution(int task) {
    return new TaskId("t" + task).run(1).execution(1);
  }
}

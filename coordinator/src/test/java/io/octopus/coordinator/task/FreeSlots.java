package io.octopus.coordinator.task;

import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Slots that a test frees, one after another; none in the beginning. */
final class FreeSlots implements Slots {

  private record Slot(WorkerName worker, Incarnation incarnation) {}

  final List<TaskCommand.SlotHeld> givenBack = new ArrayList<>();
  private final Deque<Slot> free = new ArrayDeque<>();

  void free(WorkerName worker, Incarnation incarnation) {
    free.add(new Slot(worker, incarnation));
  }

  @Override
  public Optional<TaskCommand.SlotHeld> take(ExecutionId execution, Placement placement) {
    return Optional.ofNullable(free.poll())
        .map(slot -> new TaskCommand.SlotHeld(execution, slot.worker(), slot.incarnation()));
  }

  @Override
  public void giveBack(TaskCommand.SlotHeld held) {
    givenBack.add(held);
  }
}

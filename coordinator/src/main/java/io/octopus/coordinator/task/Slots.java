package io.octopus.coordinator.task;

import io.octopus.protocol.ExecutionId;
import java.util.Optional;

/**
 * The slots that workers have free for this coordinator, as a task sees them at the moment it
 * decides. Never waits; safe for use by several threads.
 */
public interface Slots {

  /**
   * Takes a slot for an execution that may run there; empty when there is none, or when others
   * waited for it before. A slot that is taken and not used is free again after a while.
   */
  Optional<TaskCommand.SlotHeld> take(ExecutionId execution, Placement placement);

  /** Gives a slot back that was taken and is not needed. */
  void giveBack(TaskCommand.SlotHeld held);
}

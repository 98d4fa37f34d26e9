package io.octopus.coordinator.task;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.StartOrder;

/**
 * What a task tells the dispatcher. All of it may be lost: it is said again after a recovery, and
 * the journal alone decides.
 */
public sealed interface DispatchNotice {

  /** This execution waits for a worker. Said again it changes nothing. */
  record Ready(ExecutionId execution, Placement placement) implements DispatchNotice {}

  /** This attempt was granted with this slot: it is to be started. */
  record Granted(StartOrder order, TaskCommand.SlotHeld held) implements DispatchNotice {}

  /** This execution no longer waits. */
  record Withdrawn(ExecutionId execution) implements DispatchNotice {}

  /** This attempt is no longer wanted where it runs. */
  record StopAttempt(AttemptId attempt, WorkerName worker, Incarnation incarnation, String why)
      implements DispatchNotice {}
}

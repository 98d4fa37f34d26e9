package io.octopus.coordinator.task;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;

/**
 * What a task tells the dispatcher. All of it may be lost: it is said again after a recovery, and
 * the journal alone decides.
 */
public sealed interface DispatchNotice {

  /** This execution waits for a worker. Said again it changes nothing. */
  record Ready(ExecutionId execution, Placement placement) implements DispatchNotice {}

  /** This execution no longer waits. */
  record Withdrawn(ExecutionId execution) implements DispatchNotice {}

  /** This attempt is no longer wanted where it runs. */
  record StopAttempt(AttemptId attempt, WorkerName worker, Incarnation incarnation, String why)
      implements DispatchNotice {}
}

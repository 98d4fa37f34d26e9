package io.octopus.coordinator.task;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.AttemptOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of cancelling and expiring: what waits ends at once, what runs is ended and stopped.
 */
final class Endings {

  private Endings() {}

  /** Cancels every unfinished run. */
  static void cancelAll(String by, Decision decision) {
    for (var run : decision.state().unfinished()) {
      cancelRun(run, by, decision);
    }
  }

  /** Cancels everything of a run that is unfinished. */
  static void cancelRun(Run run, String by, Decision decision) {
    for (var execution : List.copyOf(run.executions().values())) {
      cancel(execution, by, decision);
    }
  }

  /** Cancels one execution. It is final at once; its process tree is ended as soon as may be. */
  static void cancel(Execution execution, String by, Decision decision) {
    cancel(execution, by, null, decision);
  }

  private static void cancel(
      Execution execution, String by, @Nullable String reason, Decision decision) {
    if (execution.phase() instanceof Execution.Running running) {
      Attempts.finish(
          execution, new AttemptOutcome.Cancelled(by), ExecutionStatus.Cancelled, reason, decision);
      decision.tell(
          new DispatchNotice.StopAttempt(
              new AttemptId(execution.id(), running.attempt()),
              running.worker(),
              running.incarnation(),
              "cancelled by " + by));
    } else {
      Attempts.endWaiting(
          execution, ExecutionStatus.Cancelled, reason, "cancelled by " + by, decision);
    }
  }

  /** Ends an execution that a newer firing takes the place of. */
  static void supersede(Execution execution, ExecutionStatus status, Decision decision) {
    if (execution.phase() instanceof Execution.Running) {
      cancel(execution, "a newer firing", "superseded", decision);
    } else {
      Attempts.endWaiting(
          execution, status, "superseded", "a newer firing took its place", decision);
    }
  }

  /**
   * Ends what waited too long. A running execution that only an absent client may run is lost then;
   * one whose client is there, or may be about to come back after a restart, goes on.
   */
  static void expire(FleetView fleet, Decision decision) {
    for (var run : decision.state().unfinished()) {
      for (var execution : List.copyOf(run.executions().values())) {
        if (decision.now().isBefore(expiresAt(execution, run))) {
          continue;
        }
        if (execution.phase() instanceof Execution.Waiting) {
          Attempts.endWaiting(
              execution, ExecutionStatus.Skipped, "expired", "waited until it expired", decision);
        } else if (fleet.isSettled() && isAway(execution, fleet)) {
          Attempts.finish(
              execution,
              new AttemptOutcome.Lost("its client did not come back before it expired"),
              ExecutionStatus.Lost,
              "expired",
              decision);
        }
      }
    }
  }

  private static Instant expiresAt(Execution execution, Run run) {
    return execution.phase() instanceof Execution.Waiting waiting && waiting.expiresAt() != null
        ? waiting.expiresAt()
        : run.expiresAt();
  }

  private static boolean isAway(Execution execution, FleetView fleet) {
    return Optional.ofNullable(execution.client())
        .filter(
            name ->
                fleet.clients().stream()
                    .noneMatch(
                        client ->
                            client.name().equals(name)
                                && client.status() == FleetView.Status.ONLINE))
        .isPresent();
  }
}

package io.octopus.coordinator.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.AttemptOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An unfinished execution: waiting → running → waiting for the next attempt or out of the state.
 *
 * @param client the only client that may run it; null when any client may
 * @param plugin the content pinned when attempt 1 was granted; null before
 * @param failures attempts that ended Failed or TimedOut
 * @param losses attempts that were lost
 */
record Execution(
    ExecutionId id,
    @Nullable WorkerName client,
    Phase phase,
    List<AttemptRecord> attempts,
    @Nullable PluginRef plugin,
    int failures,
    int losses) {

  Execution {
    attempts = List.copyOf(attempts);
  }

  /** What an unfinished execution does. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = Running.class, name = "running")
  })
  sealed interface Phase {}

  /**
   * Waits for a worker.
   *
   * @param notBefore when it may start, if not at once
   * @param expiresAt until when it may wait for the next attempt; null for as long as its run says
   */
  record Waiting(@Nullable Instant notBefore, @Nullable Instant expiresAt) implements Phase {

    boolean isReady(Instant now) {
      return notBefore == null || !now.isBefore(notBefore);
    }
  }

  /** One life of one worker runs this attempt. */
  record Running(int attempt, WorkerName worker, Incarnation incarnation) implements Phase {}

  static Execution planned(PlannedExecution plan) {
    return new Execution(
        plan.execution(), plan.client(), new Waiting(null, null), List.of(), null, 0, 0);
  }

  /** Whether any client may run it. */
  boolean isMovable() {
    return client == null;
  }

  /** Whether no attempt of it was ever started. */
  boolean isUntouched() {
    return phase instanceof Waiting && attempts.isEmpty();
  }

  /** Whether this attempt is the current one. */
  boolean isAt(AttemptId attempt) {
    return phase instanceof Running running && running.attempt() == attempt.number();
  }

  AttemptId nextAttempt() {
    return new AttemptId(id, attempts.size() + 1);
  }

  /** Its attempts, the running one ended so. */
  List<AttemptRecord> attemptsEnded(String outcome, @Nullable String reason, Instant at) {
    var ended = new ArrayList<>(attempts);
    var last = ended.remove(ended.size() - 1);
    ended.add(
        new AttemptRecord(last.number(), last.client(), last.startedAt(), at, outcome, reason));
    return List.copyOf(ended);
  }

  Execution granted(TaskEvent.AttemptGranted event) {
    var all = new ArrayList<>(attempts);
    all.add(event.record());
    var running = new Running(event.attempt().number(), event.worker(), event.incarnation());
    return new Execution(id, client, running, all, event.plugin(), failures, losses);
  }

  Execution waitingAgain(TaskEvent.AttemptEnded event) {
    boolean lost = event.outcome() instanceof AttemptOutcome.Lost;
    return new Execution(
        id,
        client,
        new Waiting(event.notBefore(), event.expiresAt()),
        event.attempts(),
        plugin,
        lost ? failures : failures + 1,
        lost ? losses + 1 : losses);
  }
}

package io.octopus.coordinator.task;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.CborSerializable;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.RunId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.AttemptOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a task. Stored for ever: names stay, fields are only added.
 *
 * <p>Each event carries what the row it changes needs (counts, earlier attempts), so that the read
 * model is written without reading.
 */
public sealed interface TaskEvent extends CborSerializable {

  /** When it happened, by the deciding coordinator's clock. */
  Instant at();

  /**
   * The task was accepted.
   *
   * @param requestHash tells the same request from another under one idempotency key
   */
  record TaskCreated(TaskDefinition definition, String requestHash, String by, Instant at)
      implements TaskEvent {}

  /**
   * The whole definition was replaced. Runs that have started keep the one they started with.
   *
   * @param version counts the definitions, from 1 at the creation
   * @param generation counts the schedules; null when the task goes on with the one it had
   */
  record TaskEdited(
      TaskDefinition definition, int version, @Nullable Integer generation, String by, Instant at)
      implements TaskEvent {}

  /** The schedule rests; what has started goes on. */
  record TaskPaused(String by, Instant at) implements TaskEvent {}

  /** The schedule goes on; the times between were accounted for by the event before this one. */
  record TaskResumed(String by, Instant at) implements TaskEvent {}

  /** The task is gone for its users; what ran was ended by the events before this one. */
  record TaskDeleted(String by, Instant at) implements TaskEvent {}

  /**
   * The task was cancelled: its schedule ends; what ran was ended by the events before this one.
   */
  record TaskCancelled(String by, Instant at) implements TaskEvent {}

  /**
   * The task fired: its targets are frozen here.
   *
   * @param args other arguments than the definition's, for this run only
   * @param expiresAt until when its executions may wait
   */
  record RunStarted(
      RunId run,
      RunTrigger trigger,
      Instant fireTime,
      String plugin,
      String action,
      @Nullable String args,
      @Nullable String kwargs,
      List<PlannedExecution> executions,
      List<SkippedClient> skipped,
      Instant expiresAt,
      String by,
      Instant at)
      implements TaskEvent {

    public RunStarted {
      executions = List.copyOf(executions);
      skipped = List.copyOf(skipped);
    }
  }

  /**
   * Nominal times that do not fire: the whole record, as it is after this event. Those in a row for
   * one reason are one record.
   *
   * @param reason as one of the codes
   * @param fireTime the first of them
   * @param fireTimeUntil the last of them
   * @param count how many; of a cron expression at least so many
   * @param since when the record was begun
   */
  record RunsSkipped(
      RunId run,
      RunTrigger trigger,
      String reason,
      Instant fireTime,
      Instant fireTimeUntil,
      long count,
      Instant since,
      Instant at)
      implements TaskEvent {}

  /**
   * The task stands elsewhere, or acts at another time, than its row says.
   *
   * @param nextRunAt the next nominal time; null when there is none, or it is not known yet
   * @param wakeAt when the task has to be woken for its schedule
   */
  record OutlookChanged(
      TaskStatus status, @Nullable Instant nextRunAt, @Nullable Instant wakeAt, Instant at)
      implements TaskEvent {}

  /**
   * An attempt was given to a worker, before it is started there. The execution is Running.
   *
   * @param earlier the attempts before this one
   * @param expiresAt when the execution is looked at again; null if any client may run it
   * @param counts the run's counts after this event
   */
  record AttemptGranted(
      AttemptId attempt,
      WorkerName worker,
      Incarnation incarnation,
      PluginRef plugin,
      List<AttemptRecord> earlier,
      @Nullable Instant expiresAt,
      RunCounts counts,
      Instant at)
      implements TaskEvent {

    public AttemptGranted {
      earlier = List.copyOf(earlier);
    }

    /** This attempt in the execution's story. */
    public AttemptRecord record() {
      return new AttemptRecord(attempt.number(), worker, at, null, null, null);
    }
  }

  /**
   * An attempt ended. The execution is final, or Pending again for the next attempt.
   *
   * @param attempts all attempts up to and with this one
   * @param status the execution's status after this event
   * @param reason why the execution is where it is, as one of the codes
   * @param notBefore when the next attempt may start, if not at once
   * @param nextLookAt when the execution is looked at again: retried or expired; null when final
   * @param expiresAt until when the next attempt may wait to be started; null when final
   * @param counts the run's counts after this event
   */
  record AttemptEnded(
      AttemptId attempt,
      AttemptOutcome outcome,
      List<AttemptRecord> attempts,
      ExecutionStatus status,
      @Nullable String reason,
      @Nullable Instant notBefore,
      @Nullable Instant nextLookAt,
      @Nullable Instant expiresAt,
      RunCounts counts,
      Instant at)
      implements TaskEvent {

    public AttemptEnded {
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * An execution ended while it waited: cancelled, expired, or without its plugin.
   *
   * @param counts the run's counts after this event
   */
  record ExecutionEnded(
      ExecutionId execution,
      ExecutionStatus status,
      @Nullable String reason,
      String message,
      RunCounts counts,
      Instant at)
      implements TaskEvent {}

  /**
   * Nothing of the run is pending or running any more.
   *
   * @param reason why it did not complete, as one of the codes, if there is one reason
   * @param taskStatus the task's status after this event
   */
  record RunEnded(
      RunId run,
      RunStatus status,
      @Nullable String reason,
      RunCounts counts,
      TaskStatus taskStatus,
      Instant at)
      implements TaskEvent {}
}

package io.octopus.coordinator.task;

import akka.Done;
import akka.actor.typed.ActorRef;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.CborSerializable;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.RunId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.protocol.work.StartOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be asked of a task. Each may be asked again: what is done already succeeds.
 */
public sealed interface TaskCommand extends CborSerializable {

  /**
   * Creates the task. Answered {@link Accepted} once it is committed.
   *
   * @param requestHash tells the same request from another under one idempotency key
   */
  record Create(TaskDefinition definition, String requestHash, String by, ActorRef<Reply> replyTo)
      implements TaskCommand {}

  /**
   * Asks whether this request created the task: {@link Accepted} if it did, however long ago.
   *
   * @param requestHash as in {@link Create}
   */
  record WasCreated(String requestHash, ActorRef<Reply> replyTo) implements TaskCommand {}

  /**
   * Replaces the definition.
   *
   * @param expectedVersion refuse when the task has another version; null for any
   */
  record Edit(
      TaskDefinition definition,
      @Nullable Integer expectedVersion,
      String by,
      ActorRef<Reply> replyTo)
      implements TaskCommand {}

  /** Deletes the task and cancels what runs. */
  record Delete(String by, ActorRef<Reply> replyTo) implements TaskCommand {}

  /**
   * Fires now, whatever the task's type.
   *
   * @param args other arguments for this run, null for the definition's
   * @param clients the clients of the run; null for whom the owner says
   */
  record Fire(
      RunTrigger trigger,
      @Nullable String args,
      @Nullable String kwargs,
      @Nullable List<WorkerName> clients,
      String by,
      ActorRef<Reply> replyTo)
      implements TaskCommand {}

  /** Lets the schedule rest; what has started goes on. */
  record Pause(String by, ActorRef<Reply> replyTo) implements TaskCommand {}

  /** Lets the schedule go on. */
  record Resume(String by, ActorRef<Reply> replyTo) implements TaskCommand {}

  /** Ends the schedule and cancels every unfinished run. */
  record CancelTask(String by, ActorRef<Reply> replyTo) implements TaskCommand {}

  /** Cancels one run. */
  record CancelRun(RunId run, String by, ActorRef<Reply> replyTo) implements TaskCommand {}

  /** Cancels one execution. */
  record CancelExecution(ExecutionId execution, String by, ActorRef<Reply> replyTo)
      implements TaskCommand {}

  /** Asks for the next attempt of waiting executions, each with a slot held for it. */
  record GrantAttempts(List<SlotHeld> held, ActorRef<Granted> replyTo) implements TaskCommand {
    public GrantAttempts {
      held = List.copyOf(held);
    }
  }

  /** Says how attempts ended. Answered when everything that counts is committed. */
  record ReportAttempts(List<AttemptReport> reports, ActorRef<Reported> replyTo)
      implements TaskCommand {
    public ReportAttempts {
      reports = List.copyOf(reports);
    }
  }

  /**
   * A worker registered.
   *
   * @param running this task's attempts that run there
   * @param waiting this task's attempts whose results wait there
   */
  record Reconcile(
      WorkerName worker,
      Incarnation incarnation,
      List<AttemptId> running,
      List<AttemptId> waiting,
      ActorRef<Reconciled> replyTo)
      implements TaskCommand {
    public Reconcile {
      running = List.copyOf(running);
      waiting = List.copyOf(waiting);
    }
  }

  /** This life of a worker is over or cut off: its movable attempts go elsewhere. */
  record WorkerLost(WorkerName worker, @Nullable Incarnation incarnation, ActorRef<Done> replyTo)
      implements TaskCommand {}

  /** Something is due, or the coordinator started: look at everything. */
  record Wake(Instant now, ActorRef<Done> replyTo) implements TaskCommand {}

  /** Leaves memory; nothing is lost by it. */
  record Passivate() implements TaskCommand {}

  /** A slot that a worker holds for an execution. */
  record SlotHeld(ExecutionId execution, WorkerName worker, Incarnation incarnation) {}

  /**
   * The answer to a grant.
   *
   * @param orders what was granted: start it
   * @param refused what was not: give the slot back
   */
  record Granted(List<StartOrder> orders, List<ExecutionId> refused) implements CborSerializable {
    public Granted {
      orders = List.copyOf(orders);
      refused = List.copyOf(refused);
    }
  }

  /**
   * The answer to reports: the worker may forget all of them.
   *
   * @param refused those that were stale or not known
   */
  record Reported(List<AttemptId> acknowledged, List<AttemptId> refused)
      implements CborSerializable {
    public Reported {
      acknowledged = List.copyOf(acknowledged);
      refused = List.copyOf(refused);
    }
  }

  /**
   * The answer to a registration.
   *
   * @param stop attempts that run there and are not wanted any more
   * @param start attempts that were granted to this process and never reached it
   */
  record Reconciled(List<AttemptId> stop, List<StartOrder> start) implements CborSerializable {
    public Reconciled {
      stop = List.copyOf(stop);
      start = List.copyOf(start);
    }
  }

  /** The answer to a user's command. */
  sealed interface Reply extends CborSerializable {}

  /** Done, now or before; committed. */
  record Accepted() implements Reply {}

  /** A new run was started; committed. */
  record RunAccepted(RunId run) implements Reply {}

  /** Not done, and nothing changed. */
  record Refused(Refusal refusal, String message) implements Reply {}

  /** Why a command was refused; the API has one status code for each. */
  enum Refusal {
    /** There is no such task, run or execution, or not any more. */
    NOT_FOUND,
    /** The same idempotency key was used for another request. */
    KEY_REUSED,
    /** The task was changed by somebody else since. */
    STALE_VERSION,
    /** The state does not allow it. */
    CONFLICT,
    /** The coordinator just started and does not know its fleet yet. */
    NOT_SETTLED
  }
}

package io.octopus.coordinator.task;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.ActionCall;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.protocol.work.StartOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules of attempts: attempt n is granted before it is started, n+1 only after n was reported
 * or declared lost, and only the current attempt's report counts.
 */
final class Attempts {

  /** Failures that the same bytes with the same arguments would only repeat. */
  private static final Set<String> NOT_RETRIED =
      Set.of("action_missing", "bad_arguments", "plugin_missing");

  /** One commit must not hold up those of other tasks for long. */
  private static final int MOST_AT_ONCE = 1000;

  private Attempts() {}

  /** Grants the next attempt to the worker that holds a slot for it, if it still waits for one. */
  static Optional<StartOrder> grant(
      TaskCommand.SlotHeld held, PluginView plugins, Decision decision) {
    var execution = decision.state().execution(held.execution()).orElse(null);
    if (execution == null || isForAnother(execution, held) || isHeldBack(execution, decision)) {
      return Optional.empty();
    }
    if (execution.phase() instanceof Execution.Running running) {
      boolean repeated =
          running.worker().equals(held.worker())
              && running.incarnation().equals(held.incarnation());
      return repeated ? order(execution, decision) : Optional.empty();
    }
    var run = decision.state().run(held.execution().run()).orElseThrow();
    var plugin =
        Optional.ofNullable(execution.plugin()).or(() -> plugins.current(run.work().plugin()));
    if (plugin.isEmpty()) {
      endWaiting(
          execution,
          ExecutionStatus.Failed,
          "plugin_missing",
          "there is no plugin " + run.work().plugin(),
          decision);
      return Optional.empty();
    }
    decision.add(granted(execution, run, held, plugin.get(), decision.now()));
    return decision
        .state()
        .execution(held.execution())
        .flatMap(started -> order(started, decision));
  }

  /** Grants what is offered and has a slot free for it; the rest is left to the dispatcher. */
  static void grantAtOnce(Slots slots, PluginView plugins, Decision decision) {
    int room = MOST_AT_ONCE;
    for (var offer : decision.takeOffers()) {
      var held =
          room-- > 0
              ? slots.take(offer.execution(), offer.placement())
              : Optional.<TaskCommand.SlotHeld>empty();
      if (held.isEmpty()) {
        decision.tell(offer);
        continue;
      }
      grant(held.get(), plugins, decision)
          .ifPresentOrElse(
              order -> decision.tell(new DispatchNotice.Granted(order, held.get())),
              () -> slots.giveBack(held.get()));
    }
  }

  private static boolean isForAnother(Execution execution, TaskCommand.SlotHeld held) {
    return execution.client() != null && !execution.client().equals(held.worker());
  }

  private static boolean isHeldBack(Execution execution, Decision decision) {
    return decision
        .state()
        .run(execution.id().run())
        .filter(run -> Overlaps.isHeld(decision.state(), run, execution))
        .isPresent();
  }

  private static TaskEvent.AttemptGranted granted(
      Execution execution, Run run, TaskCommand.SlotHeld held, PluginRef plugin, Instant now) {
    return new TaskEvent.AttemptGranted(
        execution.nextAttempt(),
        held.worker(),
        held.incarnation(),
        plugin,
        execution.attempts(),
        execution.isMovable() ? null : run.expiresAt(),
        run.counts().moved(ExecutionStatus.Pending, ExecutionStatus.Running),
        now);
  }

  /** The order to start a running execution's current attempt. */
  static Optional<StartOrder> order(Execution execution, Decision decision) {
    var run = decision.state().run(execution.id().run()).orElseThrow();
    if (!(execution.phase() instanceof Execution.Running running) || execution.plugin() == null) {
      return Optional.empty();
    }
    var work = run.work();
    return Optional.of(
        new StartOrder(
            new AttemptId(execution.id(), running.attempt()),
            new ActionCall(
                execution.plugin(), work.action(), work.args(), work.kwargs(), work.timeout()),
            run.fireTime(),
            execution.isMovable()));
  }

  /** Takes a report if its attempt is the current one; says whether it was. */
  static boolean report(AttemptReport report, DoubleSupplier random, Decision decision) {
    var execution = decision.state().execution(report.attempt().execution()).orElse(null);
    if (execution == null || !execution.isAt(report.attempt())) {
      return false;
    }
    end(execution, report.outcome(), random, decision);
    return true;
  }

  /** Gives up the current attempt: its worker vanished. */
  static void lose(Execution execution, String message, DoubleSupplier random, Decision decision) {
    end(execution, new AttemptOutcome.Lost(message), random, decision);
  }

  private static void end(
      Execution execution, AttemptOutcome outcome, DoubleSupplier random, Decision decision) {
    var run = decision.state().run(execution.id().run()).orElseThrow();
    var retry = run.work().retry();
    if (outcome instanceof AttemptOutcome.Completed) {
      finish(execution, outcome, ExecutionStatus.Completed, null, decision);
    } else if (outcome instanceof AttemptOutcome.Failed failed) {
      boolean again =
          execution.failures() + 1 < retry.maxAttempts() && !NOT_RETRIED.contains(failed.reason());
      if (again) {
        retryLater(execution, run, outcome, failed.reason(), random, decision);
      } else {
        finish(execution, outcome, ExecutionStatus.Failed, failed.reason(), decision);
      }
    } else if (outcome instanceof AttemptOutcome.TimedOut) {
      if (execution.failures() + 1 < retry.maxAttempts()) {
        retryLater(execution, run, outcome, "timed_out", random, decision);
      } else {
        finish(execution, outcome, ExecutionStatus.TimedOut, null, decision);
      }
    } else if (outcome instanceof AttemptOutcome.Cancelled) {
      finish(execution, outcome, ExecutionStatus.Cancelled, null, decision);
    } else if (retry.onLost() && execution.losses() + 1 < RetryPolicy.MAX_LOST) {
      waitAgain(execution, run, outcome, "worker_lost", null, decision);
    } else {
      finish(execution, outcome, ExecutionStatus.Lost, "worker_lost", decision);
    }
  }

  private static void retryLater(
      Execution execution,
      Run run,
      AttemptOutcome outcome,
      String reason,
      DoubleSupplier random,
      Decision decision) {
    var delay = run.work().retry().delayAfter(execution.failures() + 1, random.getAsDouble());
    var notBefore = delay.isZero() ? null : decision.now().plus(delay);
    waitAgain(execution, run, outcome, reason, notBefore, decision);
  }

  private static void waitAgain(
      Execution execution,
      Run run,
      AttemptOutcome outcome,
      String reason,
      @Nullable Instant notBefore,
      Decision decision) {
    var expiresAt = Expiry.ofRetry(run, notBefore == null ? decision.now() : notBefore);
    decision.add(
        new TaskEvent.AttemptEnded(
            attempt(execution),
            outcome,
            execution.attemptsEnded(name(outcome), reason, decision.now()),
            ExecutionStatus.Pending,
            notBefore == null ? null : "retry_at",
            notBefore,
            notBefore == null ? expiresAt : notBefore,
            expiresAt,
            run.counts().moved(ExecutionStatus.Running, ExecutionStatus.Pending),
            decision.now()));
    decision.offer(execution.id());
  }

  /** Ends a running execution for good, and its run if it was the last. */
  static void finish(
      Execution execution,
      AttemptOutcome outcome,
      ExecutionStatus status,
      @Nullable String reason,
      Decision decision) {
    var run = decision.state().run(execution.id().run()).orElseThrow();
    decision.add(
        new TaskEvent.AttemptEnded(
            attempt(execution),
            outcome,
            execution.attemptsEnded(name(outcome), reason, decision.now()),
            status,
            reason,
            null,
            null,
            null,
            run.counts().moved(ExecutionStatus.Running, status),
            decision.now()));
    decision.endIfFinished(run.id(), Optional.ofNullable(reason));
  }

  /** Ends a waiting execution for good, and its run if it was the last. */
  static void endWaiting(
      Execution execution,
      ExecutionStatus status,
      @Nullable String reason,
      String message,
      Decision decision) {
    var run = decision.state().run(execution.id().run()).orElseThrow();
    decision.add(
        new TaskEvent.ExecutionEnded(
            execution.id(),
            status,
            reason,
            message,
            run.counts().moved(ExecutionStatus.Pending, status),
            decision.now()));
    decision.tell(new DispatchNotice.Withdrawn(execution.id()));
    decision.endIfFinished(run.id(), Optional.ofNullable(reason));
  }

  /** What a worker that registered should stop, and what it should be told again to start. */
  static TaskCommand.Reconciled reconcile(
      TaskCommand.Reconcile registered, DoubleSupplier random, Decision decision) {
    var start = new ArrayList<StartOrder>();
    for (var run : decision.state().unfinished()) {
      for (var execution : run.executions().values()) {
        if (!(execution.phase() instanceof Execution.Running running)
            || !running.worker().equals(registered.worker())
            || has(registered, attempt(execution))) {
          continue;
        }
        if (running.incarnation().equals(registered.incarnation())) {
          order(execution, decision).ifPresent(start::add);
        } else {
          lose(execution, "its worker's process ended", random, decision);
        }
      }
    }
    var stop =
        registered.running().stream().filter(attempt -> !isCurrent(attempt, decision)).toList();
    return new TaskCommand.Reconciled(stop, start);
  }

  private static boolean has(TaskCommand.Reconcile registered, AttemptId attempt) {
    return registered.running().contains(attempt) || registered.waiting().contains(attempt);
  }

  private static boolean isCurrent(AttemptId attempt, Decision decision) {
    return decision
        .state()
        .execution(attempt.execution())
        .filter(execution -> execution.isAt(attempt))
        .isPresent();
  }

  /** Gives up the movable attempts of a worker that vanished; the others wait for it. */
  static void workerLost(
      WorkerName worker,
      @Nullable Incarnation incarnation,
      DoubleSupplier random,
      Decision decision) {
    for (var run : decision.state().unfinished()) {
      for (var execution : List.copyOf(run.executions().values())) {
        if (execution.isMovable()
            && execution.phase() instanceof Execution.Running running
            && running.worker().equals(worker)
            && (incarnation == null || running.incarnation().equals(incarnation))) {
          lose(execution, worker + " is gone", random, decision);
        }
      }
    }
  }

  private static AttemptId attempt(Execution execution) {
    return new AttemptId(execution.id(), execution.attempts().size());
  }

  private static String name(AttemptOutcome outcome) {
    return outcome.getClass().getSimpleName();
  }
}

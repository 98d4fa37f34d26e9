package io.octopus.coordinator.task;

import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts a run: freezes its targets from what the fleet is at this moment. */
final class Firing {

  private Firing() {}

  /**
   * What is fired.
   *
   * @param overlap what is done about clients that are still busy with an earlier execution
   * @param args other arguments for this run, null for the definition's
   * @param clients the clients of the run; null for whom the owner says
   */
  record Request(
      RunTrigger trigger,
      Instant fireTime,
      OverlapPolicy overlap,
      @Nullable String args,
      @Nullable String kwargs,
      @Nullable List<WorkerName> clients,
      String by) {}

  /** Adds the run's events, or accounts for its time when all its targets are left out. */
  static void fire(TaskId task, Request request, FleetView fleet, Decision decision) {
    var definition = decision.state().definition();
    var wanted =
        request.clients() == null
            ? Targets.of(definition.owner(), definition.labels(), fleet)
            : Targets.of(request.clients());
    Overlaps.giveWay(request.overlap(), wanted.clients(), decision);
    var targets =
        request.overlap() == OverlapPolicy.SKIP
            ? Overlaps.leaveOut(wanted, decision.state())
            : wanted;
    boolean areAllBusy = targets.clients().isEmpty() && !wanted.clients().isEmpty();
    if (areAllBusy || (request.trigger().isScheduled() && hasMostRuns(decision.state()))) {
      Skips.add(task, DueTimes.only(request.fireTime()), "overlap", decision);
      return;
    }
    var run = task.run(decision.state().lastRun() + 1);
    var executions = new ArrayList<PlannedExecution>();
    for (var target : targets.clients()) {
      boolean isHeld =
          request.overlap() == OverlapPolicy.QUEUE_ONE && Overlaps.isBusy(decision.state(), target);
      executions.add(
          new PlannedExecution(
              run.execution(executions.size() + 1),
              target.orElse(null),
              isHeld ? "overlap" : null));
    }
    decision.add(
        new TaskEvent.RunStarted(
            run,
            request.trigger(),
            request.fireTime(),
            definition.plugin(),
            definition.action(),
            request.args(),
            request.kwargs(),
            executions,
            targets.skipped(),
            Expiry.of(decision.state(), request, decision.now()),
            request.by(),
            decision.now()));
    decision.endIfFinished(run, Optional.of("no_targets"));
    executions.forEach(plan -> decision.offer(plan.execution()));
  }

  /** Whether the task has as many unfinished runs as it may have. */
  static boolean hasMostRuns(TaskState.Live task) {
    var most = task.definition().schedule().maxConcurrentRuns();
    return most != null && task.runs().size() >= most;
  }
}

package io.octopus.coordinator.task;

import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts a run: freezes its targets from what the fleet is at this moment. */
final class Firing {

  private static final Duration LONGEST_WAIT = Duration.ofDays(7);

  private Firing() {}

  /**
   * What is fired.
   *
   * @param args other arguments for this run, null for the definition's
   * @param clients the clients of the run; null for whom the owner says
   */
  record Request(
      RunTrigger trigger,
      Instant fireTime,
      @Nullable String args,
      @Nullable String kwargs,
      @Nullable List<WorkerName> clients,
      String by) {}

  /** Adds the run's events. */
  static void fire(TaskId task, Request request, FleetView fleet, Decision decision) {
    var definition = decision.state().definition();
    var run = task.run(decision.state().lastRun() + 1);
    var targets =
        request.clients() == null
            ? Targets.of(definition.owner(), definition.labels(), fleet)
            : Targets.of(request.clients());
    var executions = new ArrayList<PlannedExecution>();
    for (var target : targets.clients()) {
      executions.add(
          new PlannedExecution(run.execution(executions.size() + 1), target.orElse(null)));
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
            request.fireTime().plus(patience(definition)),
            request.by(),
            decision.now()));
    decision.endIfFinished(run, Optional.of("no_targets"));
    executions.forEach(plan -> decision.offer(plan.execution()));
  }

  private static Duration patience(TaskDefinition definition) {
    return definition.expiresAfter() == null ? LONGEST_WAIT : definition.expiresAfter();
  }
}

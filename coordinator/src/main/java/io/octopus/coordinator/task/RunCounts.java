package io.octopus.coordinator.task;

/** How many executions of a run stand where. */
public record RunCounts(
    int pending,
    int running,
    int completed,
    int failed,
    int timedOut,
    int cancelled,
    int lost,
    int skipped) {

  static RunCounts allPending(int executions) {
    return new RunCounts(executions, 0, 0, 0, 0, 0, 0, 0);
  }

  /** The counts after one execution went from one status to another. */
  RunCounts moved(ExecutionStatus from, ExecutionStatus to) {
    return with(from, -1).with(to, 1);
  }

  /** All executions of the run. */
  public int total() {
    return pending + running + completed + failed + timedOut + cancelled + lost + skipped;
  }

  /** How the run ended, once nothing is pending or running. */
  RunStatus ended() {
    if (completed == total() && completed > 0) {
      return RunStatus.Completed;
    }
    return cancelled > 0 ? RunStatus.Cancelled : RunStatus.Failed;
  }

  boolean isFinished() {
    return pending == 0 && running == 0;
  }

  private RunCounts with(ExecutionStatus status, int change) {
    return new RunCounts(
        pending + (status == ExecutionStatus.Pending ? change : 0),
        running + (status == ExecutionStatus.Running ? change : 0),
        completed + (status == ExecutionStatus.Completed ? change : 0),
        failed + (status == ExecutionStatus.Failed ? change : 0),
        timedOut + (status == ExecutionStatus.TimedOut ? change : 0),
        cancelled + (status == ExecutionStatus.Cancelled ? change : 0),
        lost + (status == ExecutionStatus.Lost ? change : 0),
        skipped + (status == ExecutionStatus.Skipped ? change : 0));
  }
}

package io.octopus.coordinator.task;

import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one command leads to: events, the state they lead to, and what the dispatcher is told once
 * they are committed. Rules add to it one after another, each seeing what the ones before it
 * decided.
 */
final class Decision {

  private final Instant now;
  private final List<TaskEvent> events = new ArrayList<>();
  private final List<DispatchNotice> notices = new ArrayList<>();
  private TaskState.Live state;

  Decision(TaskState.Live state, Instant now) {
    this.state = state;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  TaskState.Live state() {
    return state;
  }

  List<TaskEvent> events() {
    return List.copyOf(events);
  }

  List<DispatchNotice> notices() {
    return List.copyOf(notices);
  }

  /** Adds an event that leaves the task there. */
  void add(TaskEvent event) {
    events.add(event);
    if (state.on(event) instanceof TaskState.Live next) {
      state = next;
    }
  }

  void tell(DispatchNotice notice) {
    notices.add(notice);
  }

  /** Tells the dispatcher of an execution that waits and may start now. */
  void offer(ExecutionId id) {
    state
        .run(id.run())
        .ifPresent(
            run ->
                run.execution(id)
                    .filter(
                        execution ->
                            execution.phase() instanceof Execution.Waiting waiting
                                && waiting.isReady(now))
                    .ifPresent(
                        execution -> tell(new DispatchNotice.Ready(id, run.placement(execution)))));
  }

  /**
   * Ends the run if nothing of it is unfinished any more.
   *
   * @param reason why it did not complete, as one of the codes
   */
  void endIfFinished(RunId id, Optional<String> reason) {
    state
        .run(id)
        .filter(run -> run.counts().isFinished())
        .ifPresent(
            run -> {
              var status = run.counts().ended();
              add(
                  new TaskEvent.RunEnded(
                      id,
                      status,
                      status == RunStatus.Completed ? null : reason.orElse(null),
                      run.counts(),
                      taskStatusAfter(id, status),
                      now));
            });
  }

  /** A task's status follows its latest run, and is Active while anything is unfinished. */
  private TaskStatus taskStatusAfter(RunId ended, RunStatus status) {
    if (state.runs().size() > 1) {
      return TaskStatus.Active;
    }
    return state.isLatest(ended) ? TaskStatus.after(status) : state.afterLatest();
  }
}

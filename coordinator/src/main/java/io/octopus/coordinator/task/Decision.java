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

  /** What was offered so far; the dispatcher is not told of it. */
  List<DispatchNotice.Ready> takeOffers() {
    var offers =
        notices.stream()
            .filter(DispatchNotice.Ready.class::isInstance)
            .map(DispatchNotice.Ready.class::cast)
            .distinct()
            .toList();
    notices.removeAll(offers);
    return offers;
  }

  /** Says where the task stands and when it acts next, if its row says otherwise. */
  void conclude() {
    var outlook = Outlook.of(state, now);
    if (!outlook.equals(state.shown())) {
      add(
          new TaskEvent.OutlookChanged(
              outlook.status(), outlook.nextRunAt(), outlook.wakeAt(), now));
    }
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
                                && waiting.isReady(now)
                                && !Overlaps.isHeld(state, run, execution))
                    .ifPresent(
                        execution -> tell(new DispatchNotice.Ready(id, run.placement(execution)))));
  }

  /**
   * Ends the run if nothing of it is unfinished any more.
   *
   * @param reason why it did not complete, as one of the codes
   */
  void endIfFinished(RunId id, Optional<String> reason) {
    offerHeld();
    state.run(id).filter(run -> run.counts().isFinished()).ifPresent(run -> end(run, reason));
  }

  /** What waited for an execution that has ended may start now. */
  private void offerHeld() {
    state.unfinished().stream()
        .filter(Run::isQueued)
        .flatMap(run -> run.executions().values().stream())
        .filter(Execution::isUntouched)
        .forEach(execution -> offer(execution.id()));
  }

  private void end(Run run, Optional<String> reason) {
    var counts = run.counts();
    boolean gaveWay =
        counts.total() > 0
            && counts.skipped() == counts.total()
            && reason.filter("superseded"::equals).isPresent();
    var status = gaveWay ? RunStatus.Skipped : counts.ended();
    var why = status == RunStatus.Completed ? null : reason.orElse(null);
    var ended = new TaskEvent.RunEnded(run.id(), status, why, counts, TaskStatus.Active, now);
    if (state.on(ended) instanceof TaskState.Live after) {
      add(
          new TaskEvent.RunEnded(
              run.id(), status, why, counts, Outlook.of(after, now).status(), now));
    }
  }
}

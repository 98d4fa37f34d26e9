package io.octopus.coordinator.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.work.AttemptOutcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a task's events as somebody who trusts nothing: which nominal times have their record,
 * which attempts were made, what is final.
 */
final class Bookkeeping {

  private @Nullable TaskDefinition definition;
  private Instant anchor = Instant.MIN;
  private boolean isCancelled;
  private @Nullable Instant accounted;
  private @Nullable Instant lastRunEnded;
  private int unfinishedRuns;

  private final Map<RunId, Long> skipRecords = new HashMap<>();
  private final Map<ExecutionId, Integer> attempts = new HashMap<>();
  private final Set<ExecutionId> running = new HashSet<>();
  private final Set<ExecutionId> planned = new HashSet<>();
  private final Set<ExecutionId> ended = new HashSet<>();
  private final Set<ExecutionId> completed = new HashSet<>();
  private final Set<RunId> runs = new HashSet<>();
  private final Set<RunId> endedRuns = new HashSet<>();

  void read(TaskEvent event) {
    if (event instanceof TaskEvent.TaskCreated created) {
      definition = created.definition();
      anchor = created.at();
    } else if (event instanceof TaskEvent.TaskEdited edited) {
      edited(edited);
    } else if (event instanceof TaskEvent.TaskCancelled) {
      isCancelled = true;
    } else if (event instanceof TaskEvent.RunStarted started) {
      started(started);
    } else if (event instanceof TaskEvent.RunsSkipped skipped) {
      skipped(skipped);
    } else if (event instanceof TaskEvent.AttemptGranted granted) {
      granted(granted);
    } else if (event instanceof TaskEvent.AttemptEnded attempt) {
      attemptEnded(attempt);
    } else if (event instanceof TaskEvent.ExecutionEnded execution) {
      end(execution.execution());
    } else if (event instanceof TaskEvent.RunEnded run) {
      runEnded(run);
    }
  }

  /** Nothing that is due lacks its record, unless the task has a reason to wait. */
  void expectNothingDueBefore(Instant now) {
    assertThat(next().filter(time -> !time.isAfter(now))).as("due and not accounted for").isEmpty();
  }

  /** The earliest time that has no record, by the plainest reckoning there is. */
  private Optional<Instant> next() {
    if (definition == null || isCancelled) {
      return Optional.empty();
    }
    var schedule = definition.schedule();
    Instant time;
    if (schedule.trigger() instanceof Trigger.Once) {
      time = schedule.startAt() == null ? anchor : schedule.startAt();
      return accounted == null ? Optional.of(time).filter(schedule::isBeforeEnd) : Optional.empty();
    }
    var every = ((Trigger.Interval) schedule.trigger()).every();
    if (!schedule.isFixedDelay()) {
      time = accounted == null ? anchor.plus(every) : accounted.plus(every);
    } else if (unfinishedRuns > 0) {
      return Optional.empty();
    } else {
      time = (lastRunEnded == null ? anchor : lastRunEnded).plus(every);
    }
    return Optional.of(time).filter(schedule::isBeforeEnd);
  }

  private void edited(TaskEvent.TaskEdited edited) {
    if (edited.generation() != null) {
      expectNothingDueBefore(edited.at());
      anchor = edited.at();
      accounted = null;
      lastRunEnded = null;
      isCancelled = false;
    }
    definition = edited.definition();
  }

  private void started(TaskEvent.RunStarted started) {
    assertThat(started.fireTime()).as("never early").isBeforeOrEqualTo(started.at());
    assertThat(runs.add(started.run())).as("a new run: %s", started.run()).isTrue();
    if (started.trigger().isScheduled()) {
      assertThat(next()).as("the next nominal time").contains(started.fireTime());
      accounted = started.fireTime();
    }
    unfinishedRuns++;
    started.executions().forEach(plan -> assertThat(planned.add(plan.execution())).isTrue());
    var most = definition == null ? null : definition.schedule().maxConcurrentRuns();
    if (most != null) {
      assertThat(unfinishedRuns).isLessThanOrEqualTo(most);
    }
  }

  private void skipped(TaskEvent.RunsSkipped skipped) {
    long before = skipRecords.getOrDefault(skipped.run(), 0L);
    if (before == 0) {
      assertThat(runs.add(skipped.run())).as("a new record: %s", skipped.run()).isTrue();
      assertThat(next()).contains(skipped.fireTime());
    }
    assertThat(skipped.fireTimeUntil()).isBeforeOrEqualTo(skipped.at());
    for (long one = before; one < skipped.count(); one++) {
      accounted = next().orElseThrow();
    }
    assertThat(accounted).as("the last time of %s", skipped).isEqualTo(skipped.fireTimeUntil());
    lastRunEnded = skipped.at();
    skipRecords.put(skipped.run(), skipped.count());
  }

  private void granted(TaskEvent.AttemptGranted granted) {
    var execution = granted.attempt().execution();
    assertThat(planned).contains(execution);
    assertThat(ended).doesNotContain(execution);
    assertThat(running.add(execution)).as("one attempt at a time: %s", execution).isTrue();
    assertThat(granted.attempt().number()).isEqualTo(attempts.merge(execution, 1, Integer::sum));
  }

  private void attemptEnded(TaskEvent.AttemptEnded attempt) {
    var execution = attempt.attempt().execution();
    assertThat(attempt.attempt().number()).isEqualTo(attempts.get(execution));
    assertThat(running.remove(execution)).isTrue();
    if (attempt.outcome() instanceof AttemptOutcome.Completed) {
      assertThat(completed.add(execution)).as("one result: %s", execution).isTrue();
    }
    if (attempt.status().isFinal()) {
      end(execution);
    }
  }

  private void end(ExecutionId execution) {
    assertThat(running).doesNotContain(execution);
    assertThat(ended.add(execution)).as("final is final: %s", execution).isTrue();
  }

  private void runEnded(TaskEvent.RunEnded run) {
    assertThat(endedRuns.add(run.run())).as("final is final: %s", run.run()).isTrue();
    var executions =
        planned.stream().filter(execution -> execution.run().equals(run.run())).toList();
    assertThat(ended).containsAll(executions);
    assertThat(run.counts().total()).isEqualTo(executions.size());
    unfinishedRuns--;
    if (unfinishedRuns == 0) {
      lastRunEnded = run.at();
    }
  }

  int unfinishedRuns() {
    return unfinishedRuns;
  }
}

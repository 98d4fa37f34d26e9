package io.octopus.coordinator.store;

import io.octopus.coordinator.task.AttemptRecord;
import io.octopus.coordinator.task.ExecutionStatus;
import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.PlannedExecution;
import io.octopus.coordinator.task.RetryPolicy;
import io.octopus.coordinator.task.RunCounts;
import io.octopus.coordinator.task.RunStatus;
import io.octopus.coordinator.task.RunTrigger;
import io.octopus.coordinator.task.Schedule;
import io.octopus.coordinator.task.SkippedClient;
import io.octopus.coordinator.task.TaskDefinition;
import io.octopus.coordinator.task.TaskEvent;
import io.octopus.coordinator.task.TaskEvent.AttemptEnded;
import io.octopus.coordinator.task.TaskEvent.AttemptGranted;
import io.octopus.coordinator.task.TaskEvent.ExecutionEnded;
import io.octopus.coordinator.task.TaskEvent.RunEnded;
import io.octopus.coordinator.task.TaskEvent.RunStarted;
import io.octopus.coordinator.task.TaskEvent.TaskCreated;
import io.octopus.coordinator.task.TaskStatus;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.AttemptError;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptOutcome.Completed;
import io.octopus.protocol.work.AttemptOutcome.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of plausible lives of tasks. */
final class Events {

  static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
  static final Instant EXPIRES = T0.plus(Duration.ofDays(7));
  static final PluginRef HELLO = new PluginRef("hello", "hello.py", "1.0", "abc");
  static final RetryPolicy RETRY =
      new RetryPolicy(3, Duration.ofSeconds(5), 2.0, Duration.ofMillis(90500), 0.5, true);

  private Events() {}

  static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  static TaskDefinition definition(String name, Owner owner, @Nullable Instant startAt) {
    return new TaskDefinition(
        name,
        "says hello",
        owner,
        "hello",
        "main",
        "[1,\"two\"]",
        "{\"a\":1.50}",
        Schedule.once(startAt),
        Duration.ofHours(1),
        RETRY,
        Duration.ofDays(7),
        Map.of("os", "linux"));
  }

  static TaskCreated created(String name, Owner owner) {
    return new TaskCreated(definition(name, owner, null), "hash", "ann", T0);
  }

  static TaskCreated createdAt(Instant at) {
    return new TaskCreated(definition("hello", new Owner.Anyone(), null), "hash", "ann", at);
  }

  static RunStarted started(String task, int number, Instant at, String... clients) {
    RunId run = new TaskId(task).run(number);
    List<PlannedExecution> executions = new ArrayList<>();
    for (String client : clients) {
      executions.add(
          new PlannedExecution(
              run.execution(executions.size() + 1),
              client.equals("Anyone") ? null : new WorkerName(client),
              null));
    }
    return new RunStarted(
        run,
        number == 1 ? RunTrigger.ADHOC : RunTrigger.MANUAL,
        at,
        "hello",
        "main",
        null,
        null,
        executions,
        List.of(new SkippedClient(new WorkerName("old"), "draining")),
        EXPIRES,
        "ann",
        at);
  }

  static AttemptGranted granted(
      ExecutionId execution,
      int number,
      String worker,
      List<AttemptRecord> earlier,
      @Nullable Instant expiresAt,
      RunCounts counts,
      Instant at) {
    return new AttemptGranted(
        new AttemptId(execution, number),
        new WorkerName(worker),
        new Incarnation("life-1"),
        HELLO,
        earlier,
        expiresAt,
        counts,
        at);
  }

  static AttemptEnded ended(
      AttemptGranted granted,
      AttemptOutcome outcome,
      ExecutionStatus status,
      @Nullable String reason,
      @Nullable Instant nextLookAt,
      RunCounts counts,
      Instant at) {
    List<AttemptRecord> attempts = new ArrayList<>(granted.earlier());
    attempts.add(
        new AttemptRecord(
            granted.attempt().number(),
            granted.worker(),
            granted.at(),
            at,
            outcome.getClass().getSimpleName(),
            reason));
    return new AttemptEnded(
        granted.attempt(),
        outcome,
        attempts,
        status,
        reason,
        null,
        nextLookAt,
        nextLookAt,
        counts,
        at);
  }

  static Failed failure() {
    return new Failed("exception", new AttemptError("ValueError", "no", "Traceback…"), "null");
  }

  static RunCounts counts(int pending, int running, int completed, int failed) {
    return new RunCounts(pending, running, completed, failed, 0, 0, 0, 0);
  }

  /** Created, fired on any client, completed at the first attempt. */
  static List<TaskEvent> completed(String task, Instant at, String worker, String result) {
    return completed(task, at, worker, new Completed(result, "done"));
  }

  static List<TaskEvent> completed(String task, Instant at, String worker, Completed outcome) {
    ExecutionId execution = new TaskId(task).run(1).execution(1);
    AttemptGranted granted =
        granted(execution, 1, worker, List.of(), null, counts(0, 1, 0, 0), at.plusMillis(40));
    return List.of(
        createdAt(at),
        started(task, 1, at, "Anyone"),
        granted,
        ended(
            granted,
            outcome,
            ExecutionStatus.Completed,
            null,
            null,
            counts(0, 0, 1, 0),
            at.plusMillis(540)),
        new RunEnded(
            new TaskId(task).run(1),
            RunStatus.Completed,
            null,
            counts(0, 0, 1, 0),
            TaskStatus.Completed,
            at.plusMillis(540)));
  }

  static ExecutionEnded expired(ExecutionId execution, RunCounts counts, Instant at) {
    return new ExecutionEnded(
        execution, ExecutionStatus.Skipped, "expired", "waited too long", counts, at);
  }
}

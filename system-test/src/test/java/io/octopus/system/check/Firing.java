package io.octopus.system.check;

import io.octopus.system.Execution;
import io.octopus.system.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run that a schedule started, or a record of times that it skipped.
 *
 * @param version what the task was to do when that was decided
 * @param executions of the run
 * @param earlier the task's runs before it
 * @param before the executions of those
 */
record Firing(
    Run run,
    Life.Version version,
    List<Execution> executions,
    List<Run> earlier,
    List<Execution> before) {

  /** All of which it is known what the task was to do. */
  static Stream<Firing> all(Evidence evidence) {
    var runs = evidence.runsByTask();
    var executions = evidence.executionsByRun();
    return evidence.accepted().stream()
        .flatMap(
            task ->
                evidence.life(task).stream()
                    .flatMap(
                        life -> of(life, runs.getOrDefault(task.id(), List.of()), executions)));
  }

  private static Stream<Firing> of(
      Life life, List<Run> runs, Map<String, List<Execution>> executions) {
    return runs.stream()
        .filter(Run::isScheduled)
        .flatMap(
            run ->
                life
                    .at(decidedAt(run))
                    .map(version -> of(run, version, runs, executions))
                    .stream());
  }

  private static Firing of(
      Run run, Life.Version version, List<Run> runs, Map<String, List<Execution>> executions) {
    var earlier = runs.stream().filter(other -> other.number() < run.number()).toList();
    return new Firing(
        run,
        version,
        executions.getOrDefault(run.id(), List.of()),
        earlier,
        earlier.stream()
            .flatMap(other -> executions.getOrDefault(other.id(), List.of()).stream())
            .toList());
  }

  /** A record of skipped times may have grown until it ended. */
  private static Instant decidedAt(Run run) {
    return run.isSkipRecord() ? run.finishedAt() : run.createdAt();
  }

  Definition definition() {
    return version.definition();
  }

  /** How many later nominal times had come as well when it was decided. */
  long overtaken() {
    Instant decided = decidedAt(run);
    return NominalTimes.of(definition(), version.given(), decided).stream()
        .filter(time -> time.isAfter(run.fireTimeUntil()) && time.isBefore(decided))
        .count();
  }

  /** How many of the task's runs were unfinished when it was decided. */
  long unfinishedRuns() {
    return earlier.stream()
        .filter(other -> !other.isSkipRecord() && other.finishedAt().isAfter(run.createdAt()))
        .count();
  }

  /** Whether an earlier execution was unfinished then where this one runs. */
  boolean isBeside(Execution execution, Instant then) {
    return before.stream()
        .filter(other -> isInTheWay(other, execution))
        .anyMatch(other -> other.finishedAt().isAfter(then));
  }

  private boolean isInTheWay(Execution other, Execution execution) {
    return definition().owner().equals("Anyone")
        || other.client().equalsIgnoreCase(execution.client());
  }
}

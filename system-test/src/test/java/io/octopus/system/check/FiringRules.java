package io.octopus.system.check;

import io.octopus.system.Ledger;
import io.octopus.system.Run;
import io.octopus.system.check.Violation.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every nominal time is accounted for by one record, none is early, and no schedule falls silent.
 */
final class FiringRules {
  private FiringRules() {}

  static Stream<Violation> check(Evidence evidence) {
    var runs = evidence.runsByTask();
    var starts = evidence.startsByRun();
    return evidence.accepted().stream()
        .flatMap(
            task ->
                evidence.life(task).stream()
                    .flatMap(
                        life ->
                            check(
                                task,
                                life,
                                firings(runs.getOrDefault(task.id(), List.of())),
                                starts,
                                evidence.healed())));
  }

  /** In the order in which they were decided. */
  private static List<Run> firings(List<Run> runs) {
    return runs.stream()
        .filter(Run::isScheduled)
        .sorted(Comparator.comparingInt(Run::number))
        .toList();
  }

  private static Stream<Violation> check(
      Accepted task,
      Life life,
      List<Run> runs,
      Map<String, List<Ledger.Entry>> starts,
      Instant healed) {
    var accounts =
        task.first().isFixedDelay()
            ? DelayRules.check(life, runs)
            : TimetableRules.check(task, life, runs);
    return Stream.of(
            accounts.stream(), early(runs, starts), silent(task, life, runs, healed).stream())
        .flatMap(found -> found);
  }

  private static Stream<Violation> early(List<Run> runs, Map<String, List<Ledger.Entry>> starts) {
    return runs.stream()
        .filter(
            run ->
                run.createdAt().isBefore(run.fireTime())
                    || starts.getOrDefault(run.id(), List.of()).stream()
                        .anyMatch(start -> start.clock().isBefore(run.fireTime())))
        .map(run -> new Violation(Kind.FIRED_EARLY, run.toString()));
  }

  /** What was paused says nothing. */
  private static List<Violation> silent(Accepted task, Life life, List<Run> runs, Instant healed) {
    boolean isOver = life.end().filter(end -> end.isBefore(healed)).isPresent();
    if (isOver || !life.last().recursForEver()) {
      return List.of();
    }
    Instant last =
        runs.stream()
            .filter(run -> !run.reason().equals("paused"))
            .map(Run::fireTimeUntil)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    return last.isBefore(healed)
        ? List.of(new Violation(Kind.STOPPED_FIRING, task + " was last due at " + last))
        : List.of();
  }
}

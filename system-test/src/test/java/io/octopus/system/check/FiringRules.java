package io.octopus.system.check;

import io.octopus.system.Run;
import io.octopus.system.check.Violation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every nominal time of a recurring task is accounted for by one record, and none is early. */
final class FiringRules {
  private FiringRules() {}

  static Stream<Violation> check(Evidence evidence) {
    var runs = evidence.runsByTask();
    return evidence.accepted().stream()
        .flatMap(
            task ->
                task.period().stream()
                    .flatMap(
                        period ->
                            check(
                                task.id(),
                                period,
                                byTime(runs.getOrDefault(task.id(), List.of())),
                                evidence)));
  }

  private static List<Run> byTime(List<Run> runs) {
    return runs.stream().sorted(Comparator.comparing(Run::fireTime)).toList();
  }

  private static Stream<Violation> check(
      String task, Duration period, List<Run> runs, Evidence evidence) {
    List<Violation> found = new ArrayList<>();
    for (int index = 0; index < runs.size(); index++) {
      Run run = runs.get(index);
      if (index > 0) {
        compare(runs.get(index - 1), run, period, found);
      }
      if (run.status().equals("Skipped") && run.skippedCount() != firings(run, period)) {
        found.add(new Violation(Kind.SKIPS_MISCOUNTED, run.toString()));
      }
      if (isEarly(run, evidence)) {
        found.add(new Violation(Kind.FIRED_EARLY, run.toString()));
      }
    }
    Instant last = runs.isEmpty() ? Instant.MIN : runs.get(runs.size() - 1).fireTimeUntil();
    if (last.isBefore(evidence.healed())) {
      found.add(new Violation(Kind.STOPPED_FIRING, task + " was last due at " + last));
    }
    return found.stream();
  }

  private static void compare(Run before, Run run, Duration period, List<Violation> found) {
    Instant next = before.fireTimeUntil().plus(period);
    if (run.fireTime().isBefore(next)) {
      found.add(new Violation(Kind.FIRED_TWICE, before + " and " + run));
    } else if (run.fireTime().isAfter(next)) {
      found.add(new Violation(Kind.FIRING_MISSING, "between " + before + " and " + run));
    }
  }

  private static long firings(Run run, Duration period) {
    return Duration.between(run.fireTime(), run.fireTimeUntil()).dividedBy(period) + 1;
  }

  private static boolean isEarly(Run run, Evidence evidence) {
    return run.createdAt().isBefore(run.fireTime())
        || evidence.ledger().stream()
            .filter(entry -> entry.isStart() && entry.execution().startsWith(run.id() + "-"))
            .anyMatch(start -> start.clock().isBefore(run.fireTime()));
  }
}

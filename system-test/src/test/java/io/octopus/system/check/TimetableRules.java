package io.octopus.system.check;

import io.octopus.system.Run;
import io.octopus.system.check.Violation.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Of tasks whose times are known beforehand: each time from creation to end is in exactly one run
 * or in the span of exactly one skipped run, also the times while the task was paused and those
 * before an edit. Times are compared as the API shows them: at the very millisecond of an edit or
 * an end both answers are right.
 */
final class TimetableRules {
  private TimetableRules() {}

  static List<Violation> check(Accepted task, Life life, List<Run> runs) {
    List<Violation> found = new ArrayList<>();
    Map<Instant, Integer> most = new HashMap<>();
    NavigableSet<Instant> owed = new TreeSet<>();
    for (var generation : life.generations()) {
      Instant until = generation.until().orElseGet(() -> open(generation, runs));
      for (Instant time : NominalTimes.of(generation.definition(), generation.given(), until)) {
        most.merge(time, 1, Integer::sum);
        if (!time.equals(until)) {
          owed.add(time);
        }
      }
    }
    NavigableSet<Instant> known = new TreeSet<>(most.keySet());
    Map<Instant, List<Run>> records = new HashMap<>();
    for (Run run : runs) {
      var times = known.subSet(run.fireTime(), true, run.fireTimeUntil(), true);
      times.forEach(time -> records.computeIfAbsent(time, any -> new ArrayList<>()).add(run));
      if (!known.contains(run.fireTime()) || !known.contains(run.fireTimeUntil())) {
        found.add(new Violation(Kind.OFF_TIME, run + " of " + task));
      } else if (run.isSkipRecord() && run.skippedCount() != times.size()) {
        found.add(new Violation(Kind.SKIPS_MISCOUNTED, run + " stands for " + times));
      }
    }
    for (Instant time : owed) {
      if (!records.containsKey(time)) {
        found.add(new Violation(Kind.FIRING_MISSING, time + " of " + task));
      }
    }
    records.forEach(
        (time, all) -> {
          if (all.size() > most.getOrDefault(time, 0)) {
            found.add(new Violation(Kind.FIRED_TWICE, time + " has " + all));
          }
        });
    return found;
  }

  /** Of a schedule that still holds, what is due after its last record is nobody's fault. */
  private static Instant open(Life.Generation generation, List<Run> runs) {
    return generation.definition().recursForEver()
        ? runs.stream()
            .map(Run::fireTimeUntil)
            .max(Comparator.naturalOrder())
            .orElse(generation.given())
        : Instant.MAX;
  }
}

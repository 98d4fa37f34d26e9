package io.octopus.system.check;

import io.octopus.system.Run;
import io.octopus.system.check.Violation.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Of tasks with a fixed delay: each record's time is one interval after the record before ended, or
 * after the schedule was given, if that was later.
 */
final class DelayRules {
  private DelayRules() {}

  static List<Violation> check(Life life, List<Run> runs) {
    List<Violation> found = new ArrayList<>();
    Instant ended = Instant.MIN;
    for (var generation : life.generations()) {
      var every = generation.definition().interval().orElseThrow();
      Instant until = generation.until().orElse(Instant.MAX);
      for (Run run : decidedIn(generation.given(), until, runs)) {
        Instant due = later(generation.given(), ended).plus(every);
        if (!run.fireTime().equals(due)) {
          found.add(new Violation(Kind.OFF_TIME, run + " was due at " + due));
        }
        ended = run.finishedAt();
      }
      boolean isOver = generation.until().isPresent();
      if (isOver && later(generation.given(), ended).plus(every).isBefore(until)) {
        found.add(
            new Violation(
                Kind.FIRING_MISSING,
                "nothing between %s and %s of %s".formatted(ended, until, life)));
      }
    }
    return found;
  }

  /** What is due when the schedule is edited is done first, at that very time. */
  private static List<Run> decidedIn(Instant given, Instant until, List<Run> runs) {
    return runs.stream()
        .filter(run -> run.createdAt().isAfter(given) && !run.createdAt().isAfter(until))
        .toList();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}

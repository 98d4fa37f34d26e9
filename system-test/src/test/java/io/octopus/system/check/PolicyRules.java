package io.octopus.system.check;

import io.octopus.system.Execution;
import io.octopus.system.Execution.Attempt;
import io.octopus.system.Run;
import io.octopus.system.check.Violation.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a firing may do about earlier ones and about missed times, and how often work is tried. */
final class PolicyRules {
  private static final Duration MISSED = Duration.ofSeconds(60);
  private static final int MOST_LOSSES = 5;

  /** Of so many missed times each is fired. */
  private static final int MOST_KEPT = 100;

  private PolicyRules() {}

  static Stream<Violation> check(Evidence evidence) {
    List<Firing> firings = Firing.all(evidence).toList();
    var started = firings.stream().filter(firing -> !firing.run().isSkipRecord()).toList();
    return Stream.of(
            firings.stream().filter(PolicyRules::isCaughtUpWrongly).map(PolicyRules::caughtUp),
            started.stream().filter(PolicyRules::isOverlapping).map(PolicyRules::overlapped),
            started.stream().flatMap(PolicyRules::triedTooOften))
        .flatMap(found -> found);
  }

  private static boolean isOverlapping(Firing firing) {
    return firing.unfinishedRuns() >= firing.definition().mostRuns() || isBeside(firing);
  }

  private static Violation overlapped(Firing firing) {
    return new Violation(Kind.OVERLAPPED, shown(firing) + " beside " + firing.earlier());
  }

  private static boolean isBeside(Firing firing) {
    return switch (firing.definition().overlap()) {
      case "allow" -> false;
      case "queue_one" ->
          firing.executions().stream()
              .filter(execution -> !execution.attempts().isEmpty())
              .anyMatch(it -> firing.isBeside(it, it.attempts().get(0).startedAt()));
      default ->
          firing.executions().stream()
              .anyMatch(execution -> firing.isBeside(execution, execution.createdAt()));
    };
  }

  private static boolean isCaughtUpWrongly(Firing firing) {
    var definition = firing.definition();
    if (definition.isFixedDelay()) {
      return false;
    }
    boolean firesAll = definition.misfire().equals("fire_all");
    if (firing.run().isSkipRecord()) {
      return firesAll && firing.run().reason().equals("misfire") && firing.overtaken() < MOST_KEPT;
    }
    if (firesAll) {
      return firing.overtaken() > 0 && firing.unfinishedRuns() > 0;
    }
    boolean isTooLate = definition.misfire().equals("skip") && isLate(firing.run());
    return firing.overtaken() > 0 || isTooLate;
  }

  private static Violation caughtUp(Firing firing) {
    return new Violation(Kind.CAUGHT_UP_WRONG, shown(firing));
  }

  private static boolean isLate(Run run) {
    return Duration.between(run.fireTime(), run.createdAt()).compareTo(MISSED.plusMillis(1)) > 0;
  }

  private static Stream<Violation> triedTooOften(Firing firing) {
    return firing.executions().stream()
        .filter(execution -> isTriedTooOften(execution, firing.definition()))
        .map(it -> new Violation(Kind.TRIED_TOO_OFTEN, it + " of " + firing.definition()));
  }

  private static boolean isTriedTooOften(Execution execution, Definition definition) {
    List<Attempt> attempts = execution.attempts();
    List<String> retried =
        attempts.stream().limit(Math.max(0, attempts.size() - 1)).map(Attempt::outcome).toList();
    long losses = retried.stream().filter("Lost"::equals).count();
    int mostLosses = definition.isTriedAgainAfterALoss() ? MOST_LOSSES - 1 : 0;
    return losses > mostLosses || retried.size() - losses >= definition.mostAttempts();
  }

  private static String shown(Firing firing) {
    return firing.run() + " of " + firing.definition();
  }
}

package io.octopus.coordinator.task;

import io.octopus.protocol.TaskId;
import java.time.Instant;

/**
 * The rules of firing by schedule: never early, and every nominal time is accounted for exactly
 * once, by its run or by a skip record.
 */
final class Firings {

  /** On whose behalf a task fires by itself. */
  static final String BY = "schedule";

  /** How many missed times are fired one by one. */
  private static final int MOST_CAUGHT_UP = DueTimes.MOST_LISTED - 1;

  private Firings() {}

  /** Does what is due now, as the policies say. */
  static void fireDue(TaskId task, FleetView fleet, String by, Decision decision) {
    boolean goesOn = true;
    while (goesOn) {
      var due = DueTimes.of(decision.state(), decision.now()).orElse(null);
      goesOn = due != null && fire(task, due, fleet, by, decision);
    }
  }

  /** Says whether more may be due after it. */
  private static boolean fire(
      TaskId task, DueTimes due, FleetView fleet, String by, Decision decision) {
    var definition = decision.state().definition();
    if (decision.state().timetable().paused()) {
      if (!definition.schedule().isBeforeEnd(decision.now())) {
        Skips.add(task, due, "paused", decision);
      }
      return false;
    }
    if (mustWait(definition, fleet)) {
      return false;
    }
    return switch (definition.schedule().misfire()) {
      case FIRE_ONCE -> {
        due.allBut(1).ifPresent(missed -> Skips.add(task, missed, "misfire", decision));
        start(task, due.last(), definition.schedule().overlap(), fleet, by, decision);
        yield false;
      }
      case SKIP -> {
        int fired = due.isLastMissed(decision.now()) ? 0 : 1;
        due.allBut(fired).ifPresent(missed -> Skips.add(task, missed, "misfire", decision));
        if (fired > 0) {
          start(task, due.last(), definition.schedule().overlap(), fleet, by, decision);
        }
        yield false;
      }
      case FIRE_ALL -> catchUp(task, due, fleet, by, decision);
    };
  }

  /** One missed time after another, each when the run before it has ended. */
  private static boolean catchUp(
      TaskId task, DueTimes due, FleetView fleet, String by, Decision decision) {
    boolean isCatchingUp = decision.state().unfinished().stream().anyMatch(DueTimes::wasMissed);
    if (!isCatchingUp && !due.isAnyMissed(decision.now())) {
      var overlap = decision.state().definition().schedule().overlap();
      start(task, due.last(), overlap, fleet, by, decision);
      return false;
    }
    due.allBut(MOST_CAUGHT_UP).ifPresent(missed -> Skips.add(task, missed, "misfire", decision));
    if (!decision.state().runs().isEmpty()) {
      return false;
    }
    start(task, due.firstOfLast(MOST_CAUGHT_UP), OverlapPolicy.ALLOW, fleet, by, decision);
    return true;
  }

  private static void start(
      TaskId task,
      Instant fireTime,
      OverlapPolicy overlap,
      FleetView fleet,
      String by,
      Decision decision) {
    var trigger = RunTrigger.of(decision.state().definition().schedule().trigger());
    var request = new Firing.Request(trigger, fireTime, overlap, null, null, null, by);
    Firing.fire(task, request, fleet, decision);
  }

  /** Does what is due now, and accounts for what cannot be done: the schedule ends here. */
  static void close(TaskId task, FleetView fleet, Decision decision) {
    fireDue(task, fleet, BY, decision);
    skipDue(task, decision.state().timetable().paused() ? "paused" : "superseded", decision);
  }

  /** Accounts for all that is due without firing it. */
  static void skipDue(TaskId task, String reason, Decision decision) {
    DueTimes.of(decision.state(), decision.now())
        .ifPresent(due -> Skips.add(task, due, reason, decision));
  }

  /** Whether a firing on ALL would miss clients that are about to come back. */
  static boolean mustWait(TaskDefinition definition, FleetView fleet) {
    return definition.owner() instanceof Owner.All && !fleet.isSettled();
  }
}

package io.octopus.coordinator.task;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The times of a cron expression in its zone.
 *
 * <p>Where clocks are changed, an expression that names hours of the day keeps each of its local
 * times once: one that is left out is at the next valid instant, one that comes twice is at the
 * first. An expression that takes every hour goes by real time instead: nothing is made up for what
 * is left out, and both of the hours that read the same count.
 */
final class CronTimes {

  private final CronExpression expression;
  private final ZoneId zone;

  private CronTimes(CronExpression expression, ZoneId zone) {
    this.expression = expression;
    this.zone = zone;
  }

  static CronTimes of(Trigger.Cron cron) {
    return new CronTimes(CronExpression.parse(cron.expression()), cron.zone());
  }

  /** The first time after this one; empty when there is none for ever. */
  Optional<Instant> after(Instant after) {
    var second = after.truncatedTo(ChronoUnit.SECONDS);
    return expression.takesEveryHour() ? inRealTime(second) : onTheWallClock(second);
  }

  /** Its local times that a change of clocks touches, one for each change in a stretch of time. */
  List<ClockChange> clockChanges(Instant from, Instant until) {
    var touched = new ArrayList<ClockChange>();
    if (expression.takesEveryHour()) {
      return touched;
    }
    var change = zone.getRules().nextTransition(from);
    while (change != null && change.getInstant().isBefore(until)) {
      touchedBy(change).ifPresent(touched::add);
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return touched;
  }

  private Optional<ClockChange> touchedBy(ZoneOffsetTransition change) {
    var before = change.getDateTimeBefore();
    var after = change.getDateTimeAfter();
    var first = change.isGap() ? before : after;
    var end = change.isGap() ? after : before;
    return expression
        .after(first.minusSeconds(1))
        .filter(local -> local.isBefore(end))
        .map(local -> new ClockChange(local, change.isGap(), WallClock.instant(local, zone)));
  }

  private Optional<Instant> onTheWallClock(Instant after) {
    return expression.after(lastLocalTime(after)).map(local -> WallClock.instant(local, zone));
  }

  /** The latest local time whose instant is not after this one. */
  private LocalDateTime lastLocalTime(Instant instant) {
    var local = LocalDateTime.ofInstant(instant, zone);
    var transition = zone.getRules().getTransition(local);
    boolean isSecondOfTwo =
        transition != null
            && transition.isOverlap()
            && zone.getRules().getOffset(instant).equals(transition.getOffsetAfter());
    return isSecondOfTwo ? transition.getDateTimeBefore().minusSeconds(1) : local;
  }

  private Optional<Instant> inRealTime(Instant after) {
    var from = after;
    while (true) {
      var offset = zone.getRules().getOffset(from);
      var time = expression.after(LocalDateTime.ofInstant(from, offset));
      var change = zone.getRules().nextTransition(from);
      if (time.isEmpty()
          || change == null
          || time.get().toInstant(offset).isBefore(change.getInstant())) {
        return time.map(local -> local.toInstant(offset));
      }
      if (expression.matches(change.getDateTimeAfter())) {
        return Optional.of(change.getInstant());
      }
      from = change.getInstant();
    }
  }
}

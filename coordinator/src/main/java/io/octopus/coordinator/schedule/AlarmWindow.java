package io.octopus.coordinator.schedule;

import io.octopus.coordinator.schedule.Alarms.Alarm;
import io.octopus.coordinator.schedule.Alarms.Place;
import io.octopus.protocol.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The next alarms, in memory: all of them from its start up to a place that moves on, however many
 * tasks there are. What lies behind that place is read when its time comes near.
 *
 * <p>An alarm that does not hold any more stays in: its task is woken once and finds nothing to do.
 */
final class AlarmWindow {

  /** So far ahead alarms are read. */
  static final Duration AHEAD = Duration.ofSeconds(10);

  /** So many are read at once. */
  static final int PAGE = 2_000;

  /** More than these are not kept, whatever is told. */
  private static final int MOST = 5 * PAGE;

  private final TreeSet<Place> alarms = new TreeSet<>();
  private Place end;

  /** The window from this time on; what is earlier is overdue, and not its business. */
  AlarmWindow(Instant start) {
    this.end = Place.behind(start);
  }

  /** Up to here every alarm was in, or is. */
  Place end() {
    return end;
  }

  boolean mustReadOn(Instant now) {
    return alarms.size() < PAGE / 2 && end.at().isBefore(now.plus(AHEAD.dividedBy(2)));
  }

  /** Adds what was read behind the end, up to this time. */
  void readOn(List<Alarm> page, Instant until) {
    page.forEach(alarm -> alarms.add(alarm.place()));
    end = page.size() < PAGE ? Place.behind(until) : page.get(page.size() - 1).place();
  }

  /** Adds alarms that are new since their part was read; those behind the end are read in time. */
  void tell(Collection<Alarm> changed) {
    for (var alarm : changed) {
      if (alarm.place().compareTo(end) <= 0) {
        alarms.add(alarm.place());
      }
    }
    while (alarms.size() > MOST) {
      alarms.pollLast();
      end = alarms.last();
    }
  }

  /** Takes out the earliest alarm if it is due. */
  Optional<Alarm> takeDue(Instant now) {
    if (alarms.isEmpty() || now.isBefore(alarms.first().at())) {
      return Optional.empty();
    }
    var first = alarms.pollFirst();
    return Optional.of(new Alarm(first.at(), new TaskId(first.task())));
  }

  boolean has(Alarm alarm) {
    return alarms.contains(alarm.place());
  }

  Optional<Instant> earliest() {
    return alarms.isEmpty() ? Optional.empty() : Optional.of(alarms.first().at());
  }
}

package io.octopus.coordinator.dashboard;

import io.octopus.coordinator.http.EventStream.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers the feed's events and remembers the latest, so that a listener that was away for a moment
 * gets what it missed. The epoch tells this coordinator's numbers from another's.
 */
final class EventHistory {
  private static final Pattern ID = Pattern.compile("([a-z0-9]{1,32})-(\\d{1,18})");
  private static final int KEPT = 1000;

  private final String epoch;
  private final Deque<Event> latest = new ArrayDeque<>();
  private long last;

  EventHistory(String epoch) {
    this.epoch = epoch;
  }

  /** The event under the next number. */
  Event add(String name, String data) {
    last++;
    Event event = new Event(name, lastId(), data);
    latest.addLast(event);
    if (latest.size() > KEPT) {
      latest.removeFirst();
    }
    return event;
  }

  /** Something happened that nobody wrote down: who missed it cannot be told what it was. */
  void skip() {
    last++;
    latest.clear();
  }

  String lastId() {
    return epoch + "-" + last;
  }

  /** What happened after an event; empty when that is not known. */
  Optional<List<Event>> after(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches() || !matcher.group(1).equals(epoch)) {
      return Optional.empty();
    }
    long missed = last - Long.parseLong(matcher.group(2));
    return missed < 0 || missed > latest.size()
        ? Optional.empty()
        : Optional.of(latest.stream().skip(latest.size() - missed).toList());
  }
}

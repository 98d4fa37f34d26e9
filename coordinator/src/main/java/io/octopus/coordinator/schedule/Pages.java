package io.octopus.coordinator.schedule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A long list that is gone through page by page: the next page is read when little is left of the
 * ones before.
 */
final class Pages<T> {

  /** So many items are read at once. */
  static final int SIZE = 500;

  private final Deque<T> waiting = new ArrayDeque<>();
  private Optional<T> last = Optional.empty();
  private boolean reading;
  private boolean complete;
  private long taken;

  /** Whether the next page is wanted; if so, it counts as being read. */
  boolean startReading() {
    if (reading || complete || waiting.size() > SIZE / 2) {
      return false;
    }
    reading = true;
    return true;
  }

  /** The item behind which the next page begins; empty for the first page. */
  Optional<T> last() {
    return last;
  }

  void read(List<T> page) {
    reading = false;
    complete = page.size() < SIZE;
    waiting.addAll(page);
    last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1));
  }

  void notRead() {
    reading = false;
  }

  /** The next item, if one was read. */
  Optional<T> take() {
    var item = Optional.ofNullable(waiting.poll());
    item.ifPresent(one -> taken++);
    return item;
  }

  /** How many items were taken. */
  long taken() {
    return taken;
  }

  /** Whether every item was taken. */
  boolean isDone() {
    return complete && waiting.isEmpty();
  }
}

package io.octopus.worker.link;

import io.octopus.protocol.AttemptId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which results are due for (another) delivery: in batches that fit a message, not more on
 * the way at once than a connection carries well, each again after twice the time, up to ten
 * seconds.
 */
final class DeliveryPlan {

  private static final long MESSAGE = 1024 * 1024;
  private static final long ON_THE_WAY = 4 * MESSAGE;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** What has to be stored before a result goes. */
  enum Awaited {
    OUTPUT,
    FILES
  }

  private static final class Item {
    private final int size;
    private final Set<Awaited> awaited;
    private Duration dueAt = Duration.ofNanos(Long.MIN_VALUE);
    private Duration wait = FIRST_WAIT;
    private boolean sent;

    private Item(int size, Set<Awaited> awaited) {
      this.size = size;
      this.awaited = awaited;
    }

    private boolean isOnTheWay(Duration now) {
      return sent && dueAt.compareTo(now) > 0;
    }

    private boolean isDue(Duration now) {
      return awaited.isEmpty() && dueAt.compareTo(now) <= 0;
    }

    private void send(Duration now) {
      sent = true;
      dueAt = now.plus(wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private final Map<AttemptId, Item> items = new LinkedHashMap<>();

  void add(AttemptId attempt, int size, Set<Awaited> awaited) {
    var copy = EnumSet.noneOf(Awaited.class);
    copy.addAll(awaited);
    items.putIfAbsent(attempt, new Item(size, copy));
  }

  void arrived(AttemptId attempt, Awaited what) {
    var item = items.get(attempt);
    if (item != null) {
      item.awaited.remove(what);
    }
  }

  boolean contains(AttemptId attempt) {
    return items.containsKey(attempt);
  }

  void remove(AttemptId attempt) {
    items.remove(attempt);
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** Everything is due at once: whoever had it on the way is gone. */
  void startAnew() {
    items.replaceAll((attempt, item) -> new Item(item.size, item.awaited));
  }

  /** The next batch to send now; empty when nothing is due or enough is on the way. */
  List<AttemptId> next(Duration now) {
    var onTheWay = 0L;
    var batch = new ArrayList<AttemptId>();
    var size = 0L;
    for (var item : items.values()) {
      onTheWay += item.isOnTheWay(now) ? item.size : 0;
    }
    for (var entry : items.entrySet()) {
      var item = entry.getValue();
      var fits = batch.isEmpty() || size + item.size <= MESSAGE;
      if (item.isDue(now) && fits && onTheWay + size < ON_THE_WAY) {
        batch.add(entry.getKey());
        item.send(now);
        size += item.size;
      }
    }
    return List.copyOf(batch);
  }
}

package io.octopus.coordinator.schedule;

import io.octopus.protocol.TaskId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks that were woken and have not answered yet. Each reason to wake has so many at once; one
 * that takes long makes room for others, so that tasks that are stuck hold up nobody.
 */
final class Wakes {

  /** Why a task is woken, and how many may be at once. */
  enum Why {
    /** Its time has come. */
    DUE(128),
    /** Its time came, and is still in its row. */
    OVERDUE(64),
    /** It had an unfinished run when the scheduler started. */
    UNFINISHED(32);

    private final int most;

    Why(int most) {
      this.most = most;
    }
  }

  /** More than these are not waited for beside those that count. */
  private static final int MOST_SLOW = 4_096;

  private final Map<Long, Wake> prompt = new LinkedHashMap<>();
  private final Map<Long, Wake> slow = new HashMap<>();
  private final Map<TaskId, Integer> waking = new HashMap<>();
  private final Map<Why, Integer> counts = new HashMap<>();
  private long lastNumber;

  private record Wake(TaskId task, Why why, long since) {}

  boolean hasRoom(Why why) {
    return counts.getOrDefault(why, 0) < why.most;
  }

  boolean isWaking(TaskId task) {
    return waking.containsKey(task);
  }

  /** Counts a wake; answers its number. */
  long begin(TaskId task, Why why, long tick) {
    lastNumber++;
    prompt.put(lastNumber, new Wake(task, why, tick));
    waking.merge(task, 1, Integer::sum);
    counts.merge(why, 1, Integer::sum);
    return lastNumber;
  }

  /** The task answered, or will not any more. */
  void end(long number) {
    var wake = Optional.ofNullable(prompt.remove(number));
    wake.ifPresent(one -> counts.merge(one.why(), -1, Integer::sum));
    wake.or(() -> Optional.ofNullable(slow.remove(number)))
        .ifPresent(one -> waking.computeIfPresent(one.task(), (task, n) -> n > 1 ? n - 1 : null));
  }

  /** Those begun before this tick are not waited for any longer. */
  void letGoOfThoseBefore(long tick) {
    Iterator<Map.Entry<Long, Wake>> eldest = prompt.entrySet().iterator();
    while (eldest.hasNext() && slow.size() < MOST_SLOW) {
      var wake = eldest.next();
      if (wake.getValue().since() >= tick) {
        return;
      }
      eldest.remove();
      slow.put(wake.getKey(), wake.getValue());
      counts.merge(wake.getValue().why(), -1, Integer::sum);
    }
  }
}

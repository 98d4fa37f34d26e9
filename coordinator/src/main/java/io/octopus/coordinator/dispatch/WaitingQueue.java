package io.octopus.coordinator.dispatch;

import io.octopus.coordinator.task.Placement;
import io.octopus.protocol.ExecutionId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The executions that wait for a worker, first come first served: those that may run in the same
 * places wait in one lane, so that one full worker holds up its own lane only.
 *
 * <p>A cache of what the journal says; not thread-safe.
 */
final class WaitingQueue {

  private final Map<Placement, Lane> lanes = new LinkedHashMap<>();
  private final Map<ExecutionId, Entry> entries = new HashMap<>();
  private long arrivals;

  /**
   * One that waits.
   *
   * @param arrival its place in the order of all that ever came
   */
  record Entry(ExecutionId execution, Placement placement, long arrival) {}

  private static final class Lane {
    final TreeMap<Long, Entry> waiting = new TreeMap<>();
    Optional<String> blockedBy = Optional.empty();
  }

  /** Adds an execution at the end; one that waits already stays where it is. */
  void add(ExecutionId execution, Placement placement) {
    putBack(new Entry(execution, placement, arrivals++));
  }

  /** Puts one back to its place: there was no room for it. */
  void putBack(Entry entry) {
    if (entries.putIfAbsent(entry.execution(), entry) == null) {
      lanes
          .computeIfAbsent(entry.placement(), key -> new Lane())
          .waiting
          .put(entry.arrival(), entry);
    }
  }

  /** Forgets an execution; says whether it waited. */
  boolean remove(ExecutionId execution) {
    var entry = entries.get(execution);
    if (entry == null) {
      return false;
    }
    take(entry);
    return true;
  }

  /** Takes the one that came first of those whose lane is not blocked. */
  Optional<Entry> poll() {
    var first =
        lanes.values().stream()
            .filter(lane -> lane.blockedBy.isEmpty())
            .map(lane -> lane.waiting.firstEntry().getValue())
            .min(Comparator.comparingLong(Entry::arrival));
    first.ifPresent(this::take);
    return first;
  }

  /** Holds a lane up, for this reason, until there is room again. */
  void block(Placement placement, String reason) {
    Optional.ofNullable(lanes.get(placement))
        .ifPresent(lane -> lane.blockedBy = Optional.of(reason));
  }

  /** There may be room again. */
  void unblockAll() {
    lanes.values().forEach(lane -> lane.blockedBy = Optional.empty());
  }

  /** Why each waiting execution of a blocked lane waits. */
  Map<ExecutionId, String> reasons() {
    var reasons = new HashMap<ExecutionId, String>();
    for (var lane : lanes.values()) {
      lane.blockedBy.ifPresent(
          reason -> lane.waiting.values().forEach(entry -> reasons.put(entry.execution(), reason)));
    }
    return reasons;
  }

  private void take(Entry entry) {
    entries.remove(entry.execution());
    var lane = lanes.get(entry.placement());
    if (lane != null) {
      lane.waiting.remove(entry.arrival());
      if (lane.waiting.isEmpty()) {
        lanes.remove(entry.placement());
      }
    }
  }
}

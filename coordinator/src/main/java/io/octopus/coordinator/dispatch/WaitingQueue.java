package io.octopus.coordinator.dispatch;

import io.octopus.coordinator.task.Placement;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.WorkerName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The executions that wait for a worker, first come first served: those that may run in the same
 * places wait in one lane, so that one full worker holds up its own lane only.
 *
 * <p>A cache of what the journal says; not thread-safe.
 */
final class WaitingQueue {

  private final Map<Placement, Lane> lanes = new HashMap<>();
  private final Map<ExecutionId, Entry> entries = new HashMap<>();

  /** The lanes that are not blocked, by the arrival of the first that waits in each. */
  private final TreeMap<Long, Lane> open = new TreeMap<>();

  /** The blocked lanes of executions that may run anywhere. */
  private final Set<Placement.Anywhere> blockedAnywhere = new HashSet<>();

  private final Set<Placement> places;
  private long arrivals;

  /**
   * Nobody waits.
   *
   * @param places where somebody waits is kept in it, for others to see
   */
  WaitingQueue(Set<Placement> places) {
    this.places = places;
  }

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
      lanes.putIfAbsent(entry.placement(), new Lane());
      places.add(entry.placement());
      change(entry.placement(), lane -> lane.waiting.put(entry.arrival(), entry));
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
    var first = Optional.ofNullable(open.firstEntry()).map(lane -> lane.getValue().waiting);
    var entry = first.map(waiting -> waiting.firstEntry().getValue());
    entry.ifPresent(this::take);
    return entry;
  }

  /** Holds a lane up, for this reason, until there is room again. */
  void block(Placement placement, String reason) {
    change(placement, lane -> lane.blockedBy = Optional.of(reason));
    if (placement instanceof Placement.Anywhere anywhere && lanes.containsKey(placement)) {
      blockedAnywhere.add(anywhere);
    }
  }

  /** There may be room again at this worker. */
  void unblock(WorkerName worker) {
    unblock(new Placement.On(worker));
    List.copyOf(blockedAnywhere).forEach(this::unblock);
  }

  /** There may be room again anywhere. */
  void unblockAll() {
    List.copyOf(lanes.keySet()).forEach(this::unblock);
  }

  private void unblock(Placement placement) {
    change(placement, lane -> lane.blockedBy = Optional.empty());
    if (placement instanceof Placement.Anywhere anywhere) {
      blockedAnywhere.remove(anywhere);
    }
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
    change(entry.placement(), lane -> lane.waiting.remove(entry.arrival()));
  }

  /** Changes a lane, if there is one, and keeps its place among the others. */
  private void change(Placement placement, Consumer<Lane> change) {
    var lane = lanes.get(placement);
    if (lane == null) {
      return;
    }
    if (!lane.waiting.isEmpty()) {
      open.remove(lane.waiting.firstKey());
    }
    change.accept(lane);
    if (lane.waiting.isEmpty()) {
      lanes.remove(placement);
      places.remove(placement);
      if (placement instanceof Placement.Anywhere anywhere) {
        blockedAnywhere.remove(anywhere);
      }
    } else if (lane.blockedBy.isEmpty()) {
      open.put(lane.waiting.firstKey(), lane);
    }
  }
}

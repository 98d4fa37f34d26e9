package io.octopus.coordinator.fleet;

import io.octopus.coordinator.task.FleetView;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.WorkerName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest picture of the fleet, for readers on any thread. The fleet and the worker router write
 * it; it decides nothing.
 */
public final class FleetBoard implements FleetView {

  private volatile FleetSnapshot newest = new FleetSnapshot(List.of(), false);
  private final Map<WorkerName, List<AttemptId>> running = new ConcurrentHashMap<>();

  /** Shows this picture from now on. */
  public void show(FleetSnapshot snapshot) {
    newest = snapshot;
  }

  /** Shows what a worker says it runs. */
  public void showRunning(WorkerName worker, List<AttemptId> attempts) {
    running.put(worker, List.copyOf(attempts));
  }

  /** The newest picture. */
  public FleetSnapshot snapshot() {
    return newest;
  }

  /** What a worker said last it runs. */
  public List<AttemptId> running(WorkerName worker) {
    return running.getOrDefault(worker, List.of());
  }

  @Override
  public List<Client> clients() {
    return newest.members().stream()
        .map(
            member ->
                new Client(
                    member.client().name(),
                    member.status().status(),
                    member.client().draining(),
                    member.client().capabilities().labels()))
        .toList();
  }

  @Override
  public boolean isSettled() {
    return newest.isSettled();
  }
}

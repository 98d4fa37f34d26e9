package io.octopus.coordinator.task;

import io.octopus.protocol.WorkerName;
import java.util.List;
import java.util.Map;

/** What a task sees of the fleet at the moment it decides. Reading it never blocks. */
public interface FleetView {

  /** The clients known now, Online or not. */
  List<Client> clients();

  /**
   * Whether the fleet is as it was before this coordinator started, as far as it can be: until then
   * a firing on ALL would miss clients that are about to come back.
   */
  boolean isSettled();

  /** One client as a firing sees it. */
  record Client(WorkerName name, Status status, boolean draining, Map<String, String> labels) {

    /** Whether it gets new work now. */
    public boolean takesWork() {
      return status == Status.ONLINE && !draining;
    }

    public boolean isLabelled(Map<String, String> wanted) {
      return labels.entrySet().containsAll(wanted.entrySet());
    }
  }

  /** A client's status. */
  enum Status {
    ONLINE,
    IDLE,
    OFFLINE
  }
}

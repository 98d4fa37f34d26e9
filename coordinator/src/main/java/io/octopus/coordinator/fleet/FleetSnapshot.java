package io.octopus.coordinator.fleet;

import java.util.List;

/**
 * The fleet at one moment, by name.
 *
 * @param isSettled whether the clients known before the coordinator started are back, or had their
 *     time to come back
 */
public record FleetSnapshot(List<FleetMember> members, boolean isSettled) {
  public FleetSnapshot {
    members = List.copyOf(members);
  }
}

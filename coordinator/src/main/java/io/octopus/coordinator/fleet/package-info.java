/**
 * Who is in the fleet: admits workers, follows the cluster's membership, and says who is Online,
 * Idle or Offline and why. Knows no SQL; what it remembers it declares as {@link ClientMemory}.
 */
@NullMarked
package io.octopus.coordinator.fleet;

import org.jspecify.annotations.NullMarked;

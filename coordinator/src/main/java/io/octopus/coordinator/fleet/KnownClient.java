package io.octopus.coordinator.fleet;

import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.WorkerCapabilities;
import java.time.Instant;

/**
 * What the fleet knows of one client. Immutable: every change is a new value.
 *
 * @param address where its link is, {@code host:port}
 * @param contact whether it can be reached, and since when
 * @param draining whether an operator wants it to get no new work
 */
public record KnownClient(
    WorkerName name,
    Incarnation incarnation,
    WorkerCapabilities capabilities,
    String address,
    Contact contact,
    Instant contactSince,
    boolean draining,
    Instant lastSeen,
    Instant joinedAt) {

  /** How a client can be reached. */
  public enum Contact {
    /** A reachable, registered member. */
    REACHABLE,
    /** A member that does not answer. */
    UNREACHABLE,
    /** Not a member any more, or not registered since the coordinator started. */
    GONE,
    /** Left in good order. */
    LEFT
  }

  KnownClient in(Contact newContact, Instant now) {
    return newContact == contact
        ? this
        : new KnownClient(
            name,
            incarnation,
            capabilities,
            address,
            newContact,
            now,
            draining,
            lastSeen,
            joinedAt);
  }

  KnownClient seen(Instant now) {
    return new KnownClient(
        name, incarnation, capabilities, address, contact, contactSince, draining, now, joinedAt);
  }

  KnownClient draining(boolean newDraining) {
    return new KnownClient(
        name,
        incarnation,
        capabilities,
        address,
        contact,
        contactSince,
        newDraining,
        lastSeen,
        joinedAt);
  }
}

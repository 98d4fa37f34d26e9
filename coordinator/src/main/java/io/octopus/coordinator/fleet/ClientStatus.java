package io.octopus.coordinator.fleet;

import io.octopus.coordinator.task.FleetView;
import java.time.Duration;
import java.time.Instant;

/**
 * A client's status in the words users see, and why.
 *
 * @param why in words for operators; empty when there is nothing to explain
 */
public record ClientStatus(FleetView.Status status, String why) {

  /**
   * The status by the rules of the contract.
   *
   * @param offlineAfter how long after a crash a client counts as Idle before it is Offline
   */
  public static ClientStatus of(KnownClient client, Instant now, Duration offlineAfter) {
    return switch (client.contact()) {
      case REACHABLE -> new ClientStatus(FleetView.Status.ONLINE, whyOnline(client));
      case LEFT -> new ClientStatus(FleetView.Status.OFFLINE, "left in good order");
      case UNREACHABLE, GONE -> {
        boolean isLong = !now.isBefore(client.lastSeen().plus(offlineAfter));
        boolean isGone = client.contact() == KnownClient.Contact.GONE;
        yield new ClientStatus(
            isLong ? FleetView.Status.OFFLINE : FleetView.Status.IDLE,
            isGone ? "went away without a word: gets no work" : "does not answer: gets no work");
      }
    };
  }

  private static String whyOnline(KnownClient client) {
    if (client.draining()) {
      return "draining: gets no new work";
    }
    return client.capabilities().health();
  }
}

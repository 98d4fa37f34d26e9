package io.octopus.coordinator.fleet;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import io.octopus.coordinator.fleet.KnownClient.Contact;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.WorkerProtocol.KeepInTouch;
import io.octopus.protocol.work.WorkerProtocol.Register;
import io.octopus.protocol.work.WorkerProtocol.ToWorker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The clients that are known, which process has each name, and how it is reached. Not thread-safe.
 */
final class ClientRoll {

  private final InstantSource clock;
  private final Duration offlineAfter;
  private final Map<WorkerName, KnownClient> clients = new HashMap<>();
  private final Map<WorkerName, ActorRef<ToWorker>> links = new HashMap<>();

  /** They were there before this coordinator started, and are not back yet. */
  private final Set<WorkerName> expected = new HashSet<>();

  /**
   * What is remembered of an earlier coordinator's clients.
   *
   * @param offlineAfter how long after its last contact a client is Idle before it is Offline
   */
  ClientRoll(List<KnownClient> remembered, InstantSource clock, Duration offlineAfter) {
    this.clock = clock;
    this.offlineAfter = offlineAfter;
    for (var client : remembered) {
      boolean hadLeft = client.contact() == Contact.LEFT;
      clients.put(client.name(), hadLeft ? client : client.in(Contact.GONE, clock.instant()));
      if (!hadLeft && clock.instant().isBefore(client.lastSeen().plus(offlineAfter))) {
        expected.add(client.name());
      }
    }
  }

  Optional<KnownClient> find(WorkerName name) {
    return Optional.ofNullable(clients.get(name));
  }

  /** The client if it is this very process. */
  Optional<KnownClient> find(WorkerName name, Incarnation incarnation) {
    return find(name).filter(client -> client.incarnation().equals(incarnation));
  }

  /** The client of the member at an address, unless that member is gone. */
  Optional<KnownClient> at(Address address) {
    var text = text(address);
    return clients.values().stream()
        .filter(client -> client.address().equals(text))
        .filter(client -> client.contact() != Contact.GONE)
        .findFirst();
  }

  /** How another process is reached that has the newcomer's name and may be alive. */
  Optional<ActorRef<ToWorker>> rivalOf(Register newcomer) {
    return find(newcomer.worker())
        .filter(holder -> !holder.incarnation().equals(newcomer.incarnation()))
        .filter(ClientRoll::isThere)
        .flatMap(holder -> Optional.ofNullable(links.get(holder.name())));
  }

  /** The newcomer has its name from now on. */
  KnownClient admit(Register newcomer) {
    var name = newcomer.worker();
    var before = find(name);
    var sameLife = find(name, newcomer.incarnation());
    var now = clock.instant();
    var client =
        new KnownClient(
            name,
            newcomer.incarnation(),
            newcomer.capabilities(),
            text(newcomer.link().path().address()),
            Contact.REACHABLE,
            now,
            before.map(KnownClient::draining).orElse(false),
            now,
            sameLife.map(KnownClient::joinedAt).orElse(now));
    expected.remove(name);
    clients.put(name, client);
    links.put(name, newcomer.link());
    return client;
  }

  /** Notes a sign of life; false when the process is not known, or must register again. */
  boolean touch(KeepInTouch touch) {
    var client =
        find(touch.worker(), touch.incarnation())
            .filter(ClientRoll::isThere)
            .filter(known -> touch.link().equals(links.get(known.name())));
    client.ifPresent(known -> clients.put(known.name(), known.seen(clock.instant())));
    return client.isPresent();
  }

  private static boolean isThere(KnownClient client) {
    return client.contact() == Contact.REACHABLE || client.contact() == Contact.UNREACHABLE;
  }

  /** It went away; unless it is just unreachable it must register again before it counts. */
  KnownClient wentAway(KnownClient client, Contact contact) {
    if (contact != Contact.UNREACHABLE) {
      links.remove(client.name());
    }
    var last = contact == Contact.LEFT ? client.seen(clock.instant()) : client;
    return change(last.in(contact, clock.instant()));
  }

  /** It can be reached again. */
  KnownClient cameBack(KnownClient client) {
    return change(client.in(Contact.REACHABLE, clock.instant()).seen(clock.instant()));
  }

  /** The client is like this now. */
  KnownClient change(KnownClient client) {
    clients.put(client.name(), client);
    return client;
  }

  void forget(WorkerName name) {
    clients.remove(name);
    links.remove(name);
    expected.remove(name);
  }

  /** Those that have registered and can still be reached. */
  Set<WorkerName> registered() {
    return Set.copyOf(links.keySet());
  }

  /** Whether all are back that were there before this coordinator started. */
  boolean isComplete() {
    return expected.isEmpty();
  }

  /** All, by name. */
  List<FleetMember> members() {
    return clients.values().stream()
        .sorted(Comparator.comparing(client -> client.name().value()))
        .map(this::member)
        .toList();
  }

  FleetMember member(KnownClient client) {
    return new FleetMember(client, statusOf(client), links.get(client.name()));
  }

  ClientStatus statusOf(KnownClient client) {
    return ClientStatus.of(client, clock.instant(), offlineAfter);
  }

  private static String text(Address address) {
    return address.getHost().orElse("") + ":" + address.getPort().orElse(0);
  }
}

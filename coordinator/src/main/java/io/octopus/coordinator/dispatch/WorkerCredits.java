package io.octopus.coordinator.dispatch;

import io.octopus.coordinator.fleet.FleetMember;
import io.octopus.coordinator.fleet.FleetSnapshot;
import io.octopus.coordinator.task.Placement;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How much each worker said it can still take, less what was asked of it since; and from that, who
 * gets the next execution. A worker that has not said it is free gets nothing.
 *
 * <p>Not thread-safe.
 */
final class WorkerCredits {

  private Map<WorkerName, FleetMember> members = Map.of();
  private final Map<WorkerName, Account> accounts = new HashMap<>();

  private final Map<AttemptId, WorkerName> owed = new HashMap<>();

  /** The sum of what all members have left: it is asked for after each change of one. */
  private int room;

  private static final class Account {
    final Incarnation incarnation;
    int free;
    int asked;

    Account(Incarnation incarnation) {
      this.incarnation = incarnation;
    }

    int left() {
      return free - asked;
    }
  }

  /** The fleet is like this now; credit of those who may get no work is kept for later. */
  void fleetIs(FleetSnapshot snapshot) {
    var now = new HashMap<WorkerName, FleetMember>();
    snapshot.members().forEach(member -> now.put(member.client().name(), member));
    members = now;
    accounts.keySet().retainAll(now.keySet());
    room = members.keySet().stream().mapToInt(this::roomAt).sum();
  }

  /** What a worker says of itself. */
  void credit(WorkerName worker, Incarnation incarnation, int free) {
    change(worker, incarnation, account -> account.free = free);
  }

  /** One slot was asked for. */
  void asked(WorkerName worker, Incarnation incarnation) {
    change(worker, incarnation, account -> account.asked++);
  }

  /** It was answered: so many are free after it. */
  void answered(WorkerName worker, Incarnation incarnation, int free) {
    change(
        worker,
        incarnation,
        account -> {
          account.asked = Math.max(0, account.asked - 1);
          account.free = free;
        });
  }

  /** It was not answered: nothing more for this worker until it speaks again. */
  void silent(WorkerName worker, Incarnation incarnation) {
    answered(worker, incarnation, 0);
  }

  /** This worker owes its next slot to an attempt: it gets nothing else before. */
  void owes(WorkerName worker, AttemptId attempt) {
    owed.put(attempt, worker);
  }

  /** The attempt has its slot, or needs none any more. */
  void owesNoMore(AttemptId attempt) {
    owed.remove(attempt);
  }

  boolean isOwed(AttemptId attempt) {
    return owed.containsKey(attempt);
  }

  /** The member that is this very process, while it can be reached. */
  Optional<FleetMember> process(WorkerName worker, Incarnation incarnation) {
    return Optional.ofNullable(members.get(worker))
        .filter(member -> member.client().incarnation().equals(incarnation))
        .filter(member -> member.reach().isPresent());
  }

  /** The least loaded worker that may take this and has credit. */
  Optional<FleetMember> choose(Placement placement) {
    return candidates(placement).stream()
        .filter(FleetMember::takesWork)
        .filter(member -> left(member) > 0)
        .filter(member -> !owed.containsValue(member.client().name()))
        .max(
            Comparator.<FleetMember>comparingDouble(this::shareFree)
                .thenComparingInt(this::left)
                .thenComparing(
                    member -> member.client().name().value(), Comparator.reverseOrder()));
  }

  /** How many more can be asked for, at all workers together. */
  int room() {
    return room;
  }

  private int roomAt(WorkerName worker) {
    var member = members.get(worker);
    return member != null && member.takesWork() ? Math.max(0, left(member)) : 0;
  }

  private void change(WorkerName worker, Incarnation incarnation, Consumer<Account> change) {
    room -= roomAt(worker);
    change.accept(account(worker, incarnation));
    room += roomAt(worker);
  }

  /** Why nobody was chosen, as one of the codes. */
  String reason(Placement placement) {
    if (placement instanceof Placement.On on) {
      var member = Optional.ofNullable(members.get(on.worker())).filter(FleetMember::isOnline);
      if (member.isEmpty()) {
        return "client_offline";
      }
      return member.get().client().draining() ? "draining" : "no_free_slot";
    }
    if (members.values().stream().noneMatch(FleetMember::isOnline)) {
      return "no_client_online";
    }
    var online = candidates(placement).stream().filter(FleetMember::isOnline).toList();
    if (online.isEmpty()) {
      return "label_mismatch";
    }
    return online.stream().allMatch(member -> member.client().draining())
        ? "draining"
        : "no_free_slot";
  }

  private List<FleetMember> candidates(Placement placement) {
    if (placement instanceof Placement.On on) {
      return Optional.ofNullable(members.get(on.worker())).stream().toList();
    }
    var labels = ((Placement.Anywhere) placement).labels().entrySet();
    return members.values().stream()
        .filter(member -> member.client().capabilities().labels().entrySet().containsAll(labels))
        .toList();
  }

  private double shareFree(FleetMember member) {
    return (double) left(member) / Math.max(1, member.client().capabilities().slots());
  }

  private int left(FleetMember member) {
    var account = accounts.get(member.client().name());
    boolean isCurrent =
        account != null && account.incarnation.equals(member.client().incarnation());
    return isCurrent && account != null ? account.left() : 0;
  }

  private Account account(WorkerName worker, Incarnation incarnation) {
    var account = accounts.get(worker);
    if (account == null || !account.incarnation.equals(incarnation)) {
      account = new Account(incarnation);
      accounts.put(worker, account);
    }
    return account;
  }
}

package io.octopus.coordinator.dispatch;

import io.octopus.coordinator.fleet.FleetMember;
import io.octopus.coordinator.fleet.FleetSnapshot;
import io.octopus.coordinator.task.Placement;
import io.octopus.coordinator.task.Slots;
import io.octopus.coordinator.task.TaskCommand.SlotHeld;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.WorkerProtocol.Credit;
import io.octopus.protocol.work.WorkerProtocol.StartAnswer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * How much each worker promised to take, less what was taken since; and from that, who gets the
 * next execution. A worker that has promised nothing gets nothing.
 *
 * <p>A slot is taken here → its attempt is granted → the worker is told to start it → the worker
 * answers, and counts it itself from then on. Its answers and its credits come in the order in
 * which it said them, so no slot is counted twice or forgotten.
 *
 * <p>Safe for use by several threads: tasks take slots while they decide.
 */
public final class WorkerCredits implements Slots {

  /** What is taken is granted, refused or given back by then; a task that failed forgets it. */
  private static final Duration TAKEN_FOR = Duration.ofSeconds(30);

  private final LongSupplier nanoTime;
  private Map<WorkerName, FleetMember> members = Map.of();
  private final Map<WorkerName, Account> accounts = new HashMap<>();
  private final Map<AttemptId, WorkerName> owed = new HashMap<>();
  private final Set<Placement> waitedFor = ConcurrentHashMap.newKeySet();

  private static final class Account {
    final Incarnation incarnation;
    int free;

    /** When each was taken. */
    final Map<ExecutionId, Long> taken = new HashMap<>();

    Account(Incarnation incarnation) {
      this.incarnation = incarnation;
    }

    int left() {
      return free - taken.size();
    }
  }

  /** Nobody has promised anything. */
  public WorkerCredits(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Where executions wait for a slot; whoever makes them wait keeps it. */
  Set<Placement> waitedFor() {
    return waitedFor;
  }

  /** The fleet is like this now; credit of those who may get no work is kept for later. */
  synchronized void fleetIs(FleetSnapshot snapshot) {
    var now = new HashMap<WorkerName, FleetMember>();
    snapshot.members().forEach(member -> now.put(member.client().name(), member));
    members = now;
    accounts.keySet().retainAll(now.keySet());
  }

  /** What a worker says of itself. */
  synchronized void credit(Credit credit) {
    account(credit.worker(), credit.incarnation()).free = credit.free();
  }

  /** A worker has started an attempt or not: either way its slot is not taken here any more. */
  synchronized void answered(StartAnswer answer) {
    var account = account(answer.worker(), answer.incarnation());
    account.taken.remove(answer.attempt().execution());
    account.free = answer.free();
  }

  /** This worker owes its next slot to an attempt: it gets nothing else before. */
  synchronized void owes(WorkerName worker, AttemptId attempt) {
    owed.put(attempt, worker);
  }

  /** Takes a slot for the one that is next in the queue. */
  synchronized Optional<SlotHeld> takeNext(ExecutionId execution, Placement placement) {
    return take(execution, placement, member -> true);
  }

  @Override
  public synchronized Optional<SlotHeld> take(ExecutionId execution, Placement placement) {
    return take(execution, placement, member -> !isWaitedFor(member));
  }

  private Optional<SlotHeld> take(
      ExecutionId execution, Placement placement, Predicate<FleetMember> mayBe) {
    var chosen = choose(placement, mayBe).map(FleetMember::client);
    chosen.ifPresent(
        client ->
            account(client.name(), client.incarnation())
                .taken
                .put(execution, nanoTime.getAsLong()));
    return chosen.map(client -> new SlotHeld(execution, client.name(), client.incarnation()));
  }

  private boolean isWaitedFor(FleetMember member) {
    var name = member.client().name();
    return waitedFor.stream()
        .anyMatch(
            place ->
                place instanceof Placement.On on
                    ? on.worker().equals(name)
                    : isLabelled(member, (Placement.Anywhere) place));
  }

  @Override
  public synchronized void giveBack(SlotHeld held) {
    var account = accounts.get(held.worker());
    if (account != null && account.incarnation.equals(held.incarnation())) {
      account.taken.remove(held.execution());
    }
  }

  /** Forgets what was taken long ago and never came to a start. */
  synchronized void forgetUnused(Predicate<ExecutionId> isStarting) {
    long before = nanoTime.getAsLong() - TAKEN_FOR.toNanos();
    for (var account : accounts.values()) {
      account
          .taken
          .entrySet()
          .removeIf(taken -> taken.getValue() - before < 0 && !isStarting.test(taken.getKey()));
    }
  }

  /** The attempt has its slot, or needs none any more. */
  synchronized void owesNoMore(AttemptId attempt) {
    owed.remove(attempt);
  }

  synchronized boolean isOwed(AttemptId attempt) {
    return owed.containsKey(attempt);
  }

  /** The member that is this very process, while it can be reached. */
  synchronized Optional<FleetMember> process(WorkerName worker, Incarnation incarnation) {
    return Optional.ofNullable(members.get(worker))
        .filter(member -> member.client().incarnation().equals(incarnation))
        .filter(member -> member.reach().isPresent());
  }

  /** The least loaded worker that may take this and has credit. */
  private Optional<FleetMember> choose(Placement placement, Predicate<FleetMember> mayBe) {
    return candidates(placement).stream()
        .filter(FleetMember::takesWork)
        .filter(member -> left(member) > 0)
        .filter(member -> !owed.containsValue(member.client().name()))
        .filter(mayBe)
        .max(
            Comparator.<FleetMember>comparingDouble(this::shareFree)
                .thenComparingInt(this::left)
                .thenComparing(
                    member -> member.client().name().value(), Comparator.reverseOrder()));
  }

  /** Why nobody was chosen, as one of the codes. */
  synchronized String reason(Placement placement) {
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
    return members.values().stream()
        .filter(member -> isLabelled(member, (Placement.Anywhere) placement))
        .toList();
  }

  private static boolean isLabelled(FleetMember member, Placement.Anywhere placement) {
    var labels = member.client().capabilities().labels();
    return labels.entrySet().containsAll(placement.labels().entrySet());
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

package io.octopus.coordinator.fleet;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.StashBuffer;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent.MemberDowned;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.ClusterEvent.ReachabilityEvent;
import akka.cluster.ClusterEvent.UnreachableMember;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import io.octopus.coordinator.fleet.KnownClient.Contact;
import io.octopus.coordinator.task.FleetView.Status;
import io.octopus.protocol.CborSerializable;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.WorkerProtocol.Admitted;
import io.octopus.protocol.work.WorkerProtocol.AreYouThere;
import io.octopus.protocol.work.WorkerProtocol.InTouch;
import io.octopus.protocol.work.WorkerProtocol.KeepInTouch;
import io.octopus.protocol.work.WorkerProtocol.Leaving;
import io.octopus.protocol.work.WorkerProtocol.NotAdmitted;
import io.octopus.protocol.work.WorkerProtocol.Register;
import io.octopus.protocol.work.WorkerProtocol.StillHere;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The one registry of workers, a cluster singleton. A worker is its name and the incarnation of its
 * process: a name belongs to the process that answers, so a second live one is refused and a silent
 * one is replaced.
 *
 * <p>Per client: reachable → unreachable → gone, or left; reachable again with each registration. A
 * client that stays away longer than {@code cluster.stable-after} is announced as vanished, once.
 */
public final class Fleet extends AbstractBehavior<Fleet.Command> {

  /** Everything the fleet reacts to. */
  public sealed interface Command extends CborSerializable {}

  /** A worker asks to be admitted. */
  public record Admit(Register register) implements Command {}

  /** A worker says it is still there. */
  public record Touch(KeepInTouch touch) implements Command {}

  /** A worker leaves in good order. */
  public record Leave(Leaving leaving) implements Command {}

  /** Sends every change of the fleet, from now on. */
  public record Watch(ActorRef<Announcement> watcher) implements Command {}

  /** Gives a client no new work, or work again. */
  public record SetDraining(WorkerName name, boolean draining, ActorRef<Answer> replyTo)
      implements Command {}

  /** Forgets a client that is Offline. */
  public record Forget(WorkerName name, ActorRef<Answer> replyTo) implements Command {}

  private record Loaded(List<KnownClient> clients) implements Command {}

  private record Reachability(ReachabilityEvent event) implements Command {}

  private record Membership(MemberEvent event) implements Command {}

  private record NameIsTaken(Register newcomer, StillHere holder) implements Command {}

  private record NameIsFree(Register newcomer) implements Command {}

  private record StayedAway(WorkerName name, Incarnation incarnation) implements Command {}

  private record WatcherGone(ActorRef<Announcement> watcher) implements Command {}

  private record GraceOver() implements Command {}

  private record LookAgain() implements Command {}

  /** The answer to an operator's command. */
  public enum Answer {
    /** Done, now or before. */
    DONE,
    /** There is no such client. */
    UNKNOWN,
    /** Only Offline clients can be forgotten. */
    NOT_OFFLINE
  }

  /** What the fleet tells those who watch it. */
  public sealed interface Announcement extends CborSerializable {}

  /** The fleet is like this now. */
  public record Changed(FleetSnapshot snapshot) implements Announcement {}

  /** This process registered, or registered again, with what it has. */
  public record Registered(Register register) implements Announcement {}

  /** This life of a worker is over or cut off for too long: what others can do is theirs. */
  public record Vanished(WorkerName name, Incarnation incarnation) implements Announcement {}

  /** Clients that did not register since this coordinator started had their time to do so. */
  public record RecoveryOver(Set<WorkerName> registered) implements Announcement {
    public RecoveryOver {
      registered = Set.copyOf(registered);
    }
  }

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final TimerScheduler<Command> timers;
  private final Timing timing;
  private final ClientMemory memory;
  private final ClientRoll clients;
  private final Map<WorkerName, Incarnation> askedFor = new HashMap<>();
  private final Set<ActorRef<Announcement>> watchers = new HashSet<>();
  private List<Status> shown = List.of();
  private boolean isGraceOver;

  /**
   * The fleet's waiting times.
   *
   * @param stableAfter how long a worker stays away before it counts as vanished
   * @param recoveryGrace how long after its start a coordinator declares nobody vanished
   * @param offlineAfter how long after its last contact a client is Idle before it is Offline
   */
  public record Timing(Duration stableAfter, Duration recoveryGrace, Duration offlineAfter) {}

  /** The fleet, which first loads what it remembers. */
  public static Behavior<Command> create(Timing timing, ClientMemory memory, InstantSource clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    Behaviors.withStash(
                        10_000,
                        stash -> {
                          context.pipeToSelf(
                              memory.load(),
                              (loaded, failure) -> {
                                if (failure != null) {
                                  throw new IllegalStateException("clients not loaded", failure);
                                }
                                return new Loaded(loaded);
                              });
                          return loading(context, timers, stash, timing, memory, clock);
                        })));
  }

  private static Behavior<Command> loading(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      StashBuffer<Command> stash,
      Timing timing,
      ClientMemory memory,
      InstantSource clock) {
    return Behaviors.receive(Command.class)
        .onMessage(
            Loaded.class,
            loaded ->
                stash.unstashAll(
                    new Fleet(context, timers, timing, memory, clock, loaded.clients())))
        .onMessage(
            Command.class,
            command -> {
              stash.stash(command);
              return Behaviors.same();
            })
        .build();
  }

  private Fleet(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Timing timing,
      ClientMemory memory,
      InstantSource clock,
      List<KnownClient> remembered) {
    super(context);
    this.timers = timers;
    this.timing = timing;
    this.memory = memory;
    this.clients = new ClientRoll(remembered, clock, timing.offlineAfter());
    context.spawn(WorkerDowning.create(timing.stableAfter()), "downing");
    var subscriptions = Cluster.get(context.getSystem()).subscriptions();
    subscriptions.tell(
        Subscribe.create(
            context.messageAdapter(ReachabilityEvent.class, Reachability::new),
            ReachabilityEvent.class));
    subscriptions.tell(
        Subscribe.create(
            context.messageAdapter(MemberEvent.class, Membership::new), MemberEvent.class));
    timers.startSingleTimer(new GraceOver(), timing.recoveryGrace());
    timers.startTimerWithFixedDelay(new LookAgain(), LOOK_EVERY);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Admit.class, this::onAdmit)
        .onMessage(Touch.class, this::onTouch)
        .onMessage(Leave.class, this::onLeave)
        .onMessage(Watch.class, this::onWatch)
        .onMessage(SetDraining.class, this::onSetDraining)
        .onMessage(Forget.class, this::onForget)
        .onMessage(Reachability.class, this::onReachability)
        .onMessage(Membership.class, this::onMembership)
        .onMessage(NameIsTaken.class, this::onNameIsTaken)
        .onMessage(NameIsFree.class, this::onNameIsFree)
        .onMessage(StayedAway.class, this::onStayedAway)
        .onMessage(WatcherGone.class, this::onWatcherGone)
        .onMessage(GraceOver.class, this::onGraceOver)
        .onMessage(LookAgain.class, this::onLookAgain)
        .build();
  }

  private Behavior<Command> onAdmit(Admit admit) {
    var newcomer = admit.register();
    var rival = clients.rivalOf(newcomer);
    if (rival.isEmpty()) {
      admit(newcomer);
    } else if (!newcomer.incarnation().equals(askedFor.get(newcomer.worker()))) {
      askedFor.put(newcomer.worker(), newcomer.incarnation());
      getContext()
          .ask(
              StillHere.class,
              rival.get(),
              ANSWER_WITHIN,
              AreYouThere::new,
              (answer, silence) ->
                  answer == null ? new NameIsFree(newcomer) : new NameIsTaken(newcomer, answer));
    }
    return this;
  }

  private Behavior<Command> onNameIsTaken(NameIsTaken taken) {
    var newcomer = taken.newcomer();
    askedFor.remove(newcomer.worker());
    getContext()
        .getLog()
        .warn("refused a second worker named {}: the first one answers", newcomer.worker());
    newcomer
        .link()
        .tell(
            new NotAdmitted(
                "another live worker is named "
                    + newcomer.worker()
                    + ": start this one with another --name"));
    return this;
  }

  private Behavior<Command> onNameIsFree(NameIsFree free) {
    askedFor.remove(free.newcomer().worker());
    admit(free.newcomer());
    return this;
  }

  private void admit(Register newcomer) {
    boolean isNewLife = clients.find(newcomer.worker(), newcomer.incarnation()).isEmpty();
    var client = clients.admit(newcomer);
    timers.cancel(client.name());
    newcomer.link().tell(new Admitted(timing.stableAfter(), timing.recoveryGrace()));
    if (isNewLife) {
      getContext().getLog().info("worker {} joined from {}", client.name(), client.address());
    }
    changed(client);
    announce(new Registered(newcomer));
  }

  private Behavior<Command> onTouch(Touch touch) {
    touch.touch().link().tell(new InTouch(clients.touch(touch.touch())));
    return this;
  }

  private Behavior<Command> onLeave(Leave leave) {
    clients
        .find(leave.leaving().worker(), leave.leaving().incarnation())
        .ifPresent(
            client -> {
              getContext().getLog().info("worker {} left in good order", client.name());
              wentAway(client, Contact.LEFT);
            });
    return this;
  }

  private Behavior<Command> onWatch(Watch watch) {
    watchers.add(watch.watcher());
    getContext().watchWith(watch.watcher(), new WatcherGone(watch.watcher()));
    watch.watcher().tell(new Changed(snapshot()));
    if (isGraceOver) {
      watch.watcher().tell(new RecoveryOver(clients.registered()));
    }
    return this;
  }

  private Behavior<Command> onSetDraining(SetDraining set) {
    var client = clients.find(set.name());
    client.ifPresent(known -> changed(clients.change(known.draining(set.draining()))));
    set.replyTo().tell(client.isPresent() ? Answer.DONE : Answer.UNKNOWN);
    return this;
  }

  private Behavior<Command> onForget(Forget forget) {
    forget.replyTo().tell(clients.find(forget.name()).map(this::forget).orElse(Answer.UNKNOWN));
    return this;
  }

  private Answer forget(KnownClient client) {
    if (clients.statusOf(client).status() != Status.OFFLINE) {
      return Answer.NOT_OFFLINE;
    }
    clients.forget(client.name());
    logFailure(memory.forget(client.name()));
    show();
    return Answer.DONE;
  }

  private Behavior<Command> onReachability(Reachability reachability) {
    clients
        .at(reachability.event().member().address())
        .ifPresent(
            client -> {
              if (reachability.event() instanceof UnreachableMember) {
                if (client.contact() == Contact.REACHABLE) {
                  wentAway(client, Contact.UNREACHABLE);
                }
              } else if (client.contact() == Contact.UNREACHABLE) {
                timers.cancel(client.name());
                changed(clients.cameBack(client));
              }
            });
    return this;
  }

  private Behavior<Command> onMembership(Membership membership) {
    boolean isOut =
        membership.event() instanceof MemberDowned || membership.event() instanceof MemberRemoved;
    if (isOut) {
      clients
          .at(membership.event().member().address())
          .filter(client -> client.contact() != Contact.LEFT)
          .ifPresent(client -> wentAway(client, Contact.GONE));
    }
    return this;
  }

  private void wentAway(KnownClient client, Contact contact) {
    var away = clients.wentAway(client, contact);
    if (!timers.isTimerActive(away.name())) {
      timers.startSingleTimer(
          away.name(), new StayedAway(away.name(), away.incarnation()), timing.stableAfter());
    }
    changed(away);
  }

  private Behavior<Command> onStayedAway(StayedAway stayed) {
    clients
        .find(stayed.name(), stayed.incarnation())
        .filter(client -> client.contact() != Contact.REACHABLE)
        .ifPresent(this::vanished);
    return this;
  }

  private void vanished(KnownClient client) {
    getContext().getLog().warn("worker {} vanished: others take over what they can", client.name());
    if (client.contact() == Contact.UNREACHABLE) {
      // it must register again before it counts, even when it is reached again before it is downed
      changed(clients.wentAway(client, Contact.GONE));
    }
    announce(new Vanished(client.name(), client.incarnation()));
  }

  private Behavior<Command> onWatcherGone(WatcherGone gone) {
    watchers.remove(gone.watcher());
    return this;
  }

  private Behavior<Command> onGraceOver(GraceOver over) {
    isGraceOver = true;
    announce(new RecoveryOver(clients.registered()));
    show();
    return this;
  }

  /** Time alone changes when a client was last seen, and makes Idle ones Offline. */
  private Behavior<Command> onLookAgain(LookAgain look) {
    boolean isChanged = !statuses().equals(shown);
    save(
        clients.members().stream()
            .filter(member -> isChanged || member.client().contact() == Contact.REACHABLE)
            .toList());
    if (isChanged) {
      show();
    }
    return this;
  }

  private void changed(KnownClient client) {
    save(List.of(clients.member(client)));
    show();
  }

  private void save(List<FleetMember> members) {
    if (!members.isEmpty()) {
      logFailure(memory.save(members));
    }
  }

  /** A client that was not saved is known while the coordinator lives, and again when it joins. */
  private void logFailure(CompletionStage<Done> saved) {
    var log = getContext().getLog();
    saved.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            log.error("clients were not saved", failure);
          }
        });
  }

  private void show() {
    shown = statuses();
    announce(new Changed(snapshot()));
  }

  private List<Status> statuses() {
    return clients.members().stream().map(member -> member.status().status()).toList();
  }

  private FleetSnapshot snapshot() {
    return new FleetSnapshot(clients.members(), isGraceOver || clients.isComplete());
  }

  private void announce(Announcement announcement) {
    watchers.forEach(watcher -> watcher.tell(announcement));
  }
}

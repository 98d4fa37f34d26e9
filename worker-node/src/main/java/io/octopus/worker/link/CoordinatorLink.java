package io.octopus.worker.link;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.Routers;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.WorkerCapabilities;
import io.octopus.protocol.work.WorkerProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The worker's voice in the cluster: registers until it is admitted, then keeps in touch, and puts
 * its own address on what the work has to say.
 *
 * <p>It is the guardian of the worker's cluster actor system, and stops, which ends that system,
 * when no coordinator answers any more: a restarted coordinator forms a new cluster, which the old
 * system could not join. Whoever owns the system then creates the next. Nothing is lost with it:
 * what runs and what waits to be delivered lives elsewhere in the process.
 */
public final class CoordinatorLink extends AbstractBehavior<CoordinatorLink.Command> {

  /** What a link is told. */
  public sealed interface Command
      permits Outbound,
          StandingChanged,
          RegisterAgain,
          Inventory,
          Leave,
          FromCoordinator,
          Coordinators,
          Fetched,
          NotFetched,
          Tick,
          CreditPause,
          TellCredit {}

  /** How many slots are free, and what runs. */
  record StandingChanged(Uplink.Standing standing) implements Command {}

  /** What this worker can do has changed: coordinators must hear of it. */
  record RegisterAgain() implements Command {}

  /** The answer to {@link Uplink.Describe}. */
  record Inventory(Uplink.Standing standing, List<AttemptId> waiting, String health)
      implements Command {}

  /** Says that this worker leaves in good order, and says nothing more. */
  public record Leave() implements Command {}

  private record FromCoordinator(WorkerProtocol.ToWorker message) implements Command {}

  private record Coordinators(Set<ActorRef<WorkerProtocol.ToCoordinator>> present)
      implements Command {}

  private record Fetched(
      WorkerProtocol.PluginChunk chunk, ActorRef<WorkerProtocol.PluginChunk> replyTo)
      implements Command {}

  private record NotFetched(String sha256, String why) implements Command {}

  private record Tick() implements Command {}

  private record CreditPause() implements Command {}

  private record TellCredit() implements Command {}

  /**
   * Where a link finds the rest of the worker: actors of another actor system in this process.
   *
   * @param work takes what coordinators say about attempts
   * @param capabilities what this worker can do, without what became of its disk since
   */
  public record Surroundings(
      WorkerIdentity identity,
      WorkerCapabilities capabilities,
      ActorRef<Uplink.Command> uplink,
      ActorRef<ContactWatch.Command> contact,
      ActorRef<WorkerProtocol.ToWorker> work,
      ActorRef<LinkEvent> events) {}

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(4);

  /** That less is free a coordinator knows from the answers to its starts: no need to hurry. */
  private static final Duration CREDIT_PAUSE = Duration.ofMillis(10);

  private final Surroundings to;
  private final TimerScheduler<Command> timers;
  private final ActorRef<WorkerProtocol.ToCoordinator> anyCoordinator;
  private final ActorRef<WorkerProtocol.ToWorker> own;
  private final Silence silence = new Silence();
  private Set<ActorRef<WorkerProtocol.ToCoordinator>> coordinators = Set.of();
  private Uplink.Standing standing = new Uplink.Standing(0, List.of());
  private boolean creditChanged;
  private boolean isTelling;

  /** As coordinators know it. */
  private int lastToldFree;

  private boolean admitted;
  private int seconds;

  /** A link for the guardian of a cluster actor system. */
  public static Behavior<Command> create(Surroundings surroundings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new CoordinatorLink(context, timers, surroundings)));
  }

  private CoordinatorLink(
      ActorContext<Command> context, TimerScheduler<Command> timers, Surroundings to) {
    super(context);
    context.setLoggerName(CoordinatorLink.class);
    this.to = to;
    this.timers = timers;
    anyCoordinator = context.spawn(Routers.group(WorkerProtocol.COORDINATORS), "coordinators");
    own = context.messageAdapter(WorkerProtocol.ToWorker.class, FromCoordinator::new);
    context.getSystem().receptionist().tell(Receptionist.register(WorkerProtocol.WORKERS, own));
    context
        .getSystem()
        .receptionist()
        .tell(
            Receptionist.subscribe(
                WorkerProtocol.COORDINATORS, context.spawn(listings(), "listings")));
    timers.startTimerWithFixedDelay(new Tick(), SECOND);
  }

  /**
   * Subscribes for the link. All adapters of one actor share an address, and the receptionist fails
   * when one address is registered and subscribed.
   */
  private Behavior<Receptionist.Listing> listings() {
    var link = getContext().getSelf();
    return Behaviors.receive(Receptionist.Listing.class)
        .onAnyMessage(
            listing -> {
              link.tell(new Coordinators(listing.getServiceInstances(WorkerProtocol.COORDINATORS)));
              return Behaviors.same();
            })
        .build();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromCoordinator.class, this::onFromCoordinator)
        .onMessage(Outbound.class, this::onOutbound)
        .onMessage(StandingChanged.class, this::onStandingChanged)
        .onMessage(CreditPause.class, this::onCreditPause)
        .onMessage(TellCredit.class, this::onTellCredit)
        .onMessage(Coordinators.class, this::onCoordinators)
        .onMessage(Fetched.class, this::onFetched)
        .onMessage(NotFetched.class, this::onNotFetched)
        .onMessage(Tick.class, this::onTick)
        .onMessage(RegisterAgain.class, this::onRegisterAgain)
        .onMessage(Inventory.class, this::onInventory)
        .onMessage(Leave.class, this::onLeave)
        .build();
  }

  private Behavior<Command> onTick(Tick tick) {
    seconds = (seconds + 1) % 3600;
    MemberStatus status = Cluster.get(getContext().getSystem()).selfMember().status();
    var joined = status.equals(MemberStatus.up()) || status.equals(MemberStatus.weaklyUp());
    var verdict = silence.tick(joined, admitted);
    if (verdict.isPresent()) {
      getContext().getLog().info("Joining the cluster anew: {}", verdict.get());
      return Behaviors.stopped();
    }
    if (!joined) {
      return this;
    }
    if (admitted) {
      anyCoordinator.tell(
          new WorkerProtocol.KeepInTouch(to.identity().name(), to.identity().incarnation(), own));
      // a word on credit that was lost would leave slots idle for ever
      tellCredit();
    } else {
      register();
    }
    return this;
  }

  private void register() {
    to.uplink().tell(new Uplink.Describe(getContext().getSelf()));
  }

  private Behavior<Command> onRegisterAgain(RegisterAgain again) {
    register();
    return this;
  }

  private Behavior<Command> onInventory(Inventory has) {
    var can = to.capabilities();
    anyCoordinator.tell(
        new WorkerProtocol.Register(
            to.identity().name(),
            to.identity().incarnation(),
            has.health().isEmpty() ? can : can.withHealth(has.health()),
            has.standing().running(),
            has.waiting(),
            own));
    return this;
  }

  private Behavior<Command> onFromCoordinator(FromCoordinator from) {
    silence.broken();
    to.contact().tell(new ContactWatch.Heard());
    // Java 17 has no pattern switch
    if (from.message() instanceof WorkerProtocol.Admitted yes) {
      return onAdmitted(yes);
    } else if (from.message() instanceof WorkerProtocol.NotAdmitted no) {
      to.events().tell(new LinkEvent.NotAdmitted(no.message()));
      return leaving();
    } else if (from.message() instanceof WorkerProtocol.InTouch inTouch) {
      if (!inTouch.known()) {
        admitted = false;
        register();
      }
    } else if (from.message() instanceof WorkerProtocol.AreYouThere asked) {
      asked
          .replyTo()
          .tell(new WorkerProtocol.StillHere(to.identity().name(), to.identity().incarnation()));
    } else if (from.message() instanceof WorkerProtocol.Goodbye) {
      getContext().getLog().info("The coordinator ends in good order; running work goes on");
      to.contact().tell(new ContactWatch.Goodbye());
    } else {
      to.work().tell(from.message());
    }
    return this;
  }

  private Behavior<Command> onAdmitted(WorkerProtocol.Admitted yes) {
    if (!admitted) {
      getContext().getLog().info("Admitted to the fleet as {}", to.identity().name());
    }
    admitted = true;
    to.contact().tell(new ContactWatch.Terms(yes.stableAfter(), yes.recoveryGrace()));
    to.uplink().tell(new Uplink.Connected(getContext().getSelf()));
    to.events().tell(new LinkEvent.Admitted());
    return this;
  }

  private Behavior<Command> onOutbound(Outbound outbound) {
    if (outbound instanceof Outbound.StartAnswered answered) {
      lastToldFree = answered.free();
      tellEach(
          answered.free(),
          free ->
              new WorkerProtocol.StartAnswer(
                  to.identity().name(),
                  to.identity().incarnation(),
                  answered.attempt(),
                  answered.accepted(),
                  answered.refusal(),
                  free));
    } else if (outbound instanceof Outbound.Reports reports) {
      anyCoordinator.tell(new WorkerProtocol.Report(reports.reports(), own));
    } else if (outbound instanceof Outbound.Output output) {
      anyCoordinator.tell(new WorkerProtocol.StoreOutput(output.attempt(), output.chunks(), own));
    } else if (outbound instanceof Outbound.FilePiece piece) {
      anyCoordinator.tell(
          new WorkerProtocol.StoreFile(
              piece.attempt(), piece.file(), piece.offset(), piece.base64(), own));
    } else if (outbound instanceof Outbound.Progress progress) {
      anyCoordinator.tell(
          new WorkerProtocol.Progress(progress.attempt(), progress.fraction(), progress.message()));
    } else if (outbound instanceof Outbound.Fetch fetch) {
      fetch(fetch);
    }
    return this;
  }

  private void fetch(Outbound.Fetch fetch) {
    getContext()
        .ask(
            WorkerProtocol.PluginChunk.class,
            anyCoordinator,
            FETCH_TIMEOUT,
            replyTo -> new WorkerProtocol.FetchPlugin(fetch.sha256(), fetch.offset(), replyTo),
            (chunk, failure) ->
                failure == null
                    ? new Fetched(chunk, fetch.replyTo())
                    : new NotFetched(fetch.sha256(), failure.toString()));
  }

  private Behavior<Command> onFetched(Fetched fetched) {
    fetched.replyTo().tell(fetched.chunk());
    return this;
  }

  private Behavior<Command> onNotFetched(NotFetched not) {
    getContext().getLog().debug("No piece of plugin {} came: {}", not.sha256(), not.why());
    return this;
  }

  private Behavior<Command> onStandingChanged(StandingChanged changed) {
    standing = changed.standing();
    if (standing.free() > lastToldFree) {
      tellCreditSoon();
    } else if (timers.isTimerActive(new CreditPause())) {
      creditChanged = true;
    } else {
      tellCredit();
    }
    return this;
  }

  /** A slot that is free again is waited for. What is in the mailbox by now is told along. */
  private void tellCreditSoon() {
    if (!isTelling) {
      isTelling = true;
      getContext().getSelf().tell(new TellCredit());
    }
  }

  private Behavior<Command> onTellCredit(TellCredit now) {
    isTelling = false;
    tellCredit();
    return this;
  }

  private Behavior<Command> onCreditPause(CreditPause over) {
    if (creditChanged) {
      tellCredit();
    }
    return this;
  }

  private Behavior<Command> onCoordinators(Coordinators now) {
    coordinators = now.present();
    tellCredit();
    return this;
  }

  private void tellCredit() {
    if (!admitted) {
      return;
    }
    creditChanged = false;
    lastToldFree = standing.free();
    timers.startSingleTimer(new CreditPause(), CREDIT_PAUSE);
    tellEach(
        standing.free(),
        free ->
            new WorkerProtocol.Credit(
                to.identity().name(), to.identity().incarnation(), free, standing.running()));
  }

  /**
   * Says something to every coordinator, and promises each a part of the free slots that no other
   * is promised. What is left over goes to another one each second.
   */
  private void tellEach(int free, IntFunction<WorkerProtocol.ToCoordinator> word) {
    var all = coordinators.stream().sorted().toList();
    for (int n = 0; n < all.size(); n++) {
      boolean getsOneMore = (n + seconds) % all.size() < free % all.size();
      all.get(n).tell(word.apply(free / all.size() + (getsOneMore ? 1 : 0)));
    }
  }

  private Behavior<Command> onLeave(Leave leave) {
    anyCoordinator.tell(
        new WorkerProtocol.Leaving(to.identity().name(), to.identity().incarnation()));
    return leaving();
  }

  /** Nothing more is said: a worker that has left must not register again. */
  private Behavior<Command> leaving() {
    timers.cancelAll();
    return Behaviors.ignore();
  }
}

package io.octopus.worker;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.worker.execution.ExecutionSlots;
import io.octopus.worker.execution.FileSender;
import io.octopus.worker.execution.FilesLeft;
import io.octopus.worker.execution.OutputStreamer;
import io.octopus.worker.execution.RunnerTools;
import io.octopus.worker.link.ContactWatch;
import io.octopus.worker.link.CoordinatorLink;
import io.octopus.worker.link.Delivery;
import io.octopus.worker.link.LinkEvent;
import io.octopus.worker.link.ResultSpool;
import io.octopus.worker.link.Uplink;
import io.octopus.worker.plugin.PluginCache;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Wires the worker's parts and ends them in order: no new work, a grace for what runs, results
 * handed in, the cluster left.
 */
final class WorkerGuardian extends AbstractBehavior<WorkerGuardian.Command> {

  /** What the guardian is told. */
  sealed interface Command
      permits Stop,
          FromLink,
          ExamineRunner,
          RunnerExamined,
          GraceOver,
          AllEnded,
          AllDelivered,
          EnoughDelivered,
          Gone {}

  /** Ends this worker in good order. */
  record Stop() implements Command {}

  private record FromLink(LinkEvent event) implements Command {}

  private record ExamineRunner() implements Command {}

  private record RunnerExamined(String why) implements Command {}

  private record GraceOver() implements Command {}

  private record AllEnded() implements Command {}

  private record AllDelivered() implements Command {}

  private record EnoughDelivered() implements Command {}

  private record Gone() implements Command {}

  static final int CLEAN = 0;
  static final int NOT_ADMITTED = 3;

  private static final Duration HAND_IN = Duration.ofMillis(1200);
  private static final Duration AFTER_GRACE = Duration.ofMillis(3700);
  private static final Duration EXAMINE_AGAIN = Duration.ofSeconds(30);
  private static final DispatcherSelector BLOCKING =
      DispatcherSelector.fromConfig("octopus-blocking-dispatcher");
  private static final DispatcherSelector SPOOL =
      DispatcherSelector.fromConfig("octopus-spool-dispatcher");

  private final TimerScheduler<Command> timers;
  private final WorkerParts parts;
  private final CompletableFuture<Integer> exitCode;
  private final CompletableFuture<Done> ready;
  private final ActorRef<ExecutionSlots.Command> slots;
  private final ActorRef<Delivery.Command> delivery;
  private final ActorRef<OutputStreamer.Command> streamer;
  private final ActorRef<FileSender.Command> files;
  private final ActorRef<ClusterMembership.Command> membership;
  private int code = CLEAN;
  private boolean stopping;
  private boolean leaving;

  /**
   * A whole worker.
   *
   * @param ready completed when a coordinator first admitted it
   * @param exitCode completed when it has ended
   */
  static Behavior<Command> create(
      WorkerParts parts, CompletableFuture<Done> ready, CompletableFuture<Integer> exitCode) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new WorkerGuardian(context, timers, parts, ready, exitCode)));
  }

  private WorkerGuardian(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      WorkerParts parts,
      CompletableFuture<Done> ready,
      CompletableFuture<Integer> exitCode) {
    super(context);
    this.timers = timers;
    this.parts = parts;
    this.ready = ready;
    this.exitCode = exitCode;
    var events = context.messageAdapter(LinkEvent.class, FromLink::new);
    var left = parts.spool().waiting();
    var outputsLeft = parts.outputs().left(left.keySet());
    var filesLeft = FilesLeft.in(parts.files(), left.keySet());
    var uplink = context.spawn(Uplink.create(), "uplink");
    var spool = context.spawn(ResultSpool.create(parts.spool(), events), "spool", SPOOL);
    delivery =
        context.spawn(
            Delivery.create(
                spool, uplink, parts.monotonic(), left, outputsLeft.keySet(), filesLeft.attempts()),
            "delivery");
    streamer =
        context.spawn(
            OutputStreamer.create(uplink, delivery, parts.monotonic(), outputsLeft),
            "streamer",
            BLOCKING);
    files =
        context.spawn(
            FileSender.create(uplink, delivery, parts.monotonic(), parts.files(), filesLeft),
            "files",
            BLOCKING);
    var cache =
        context.spawn(PluginCache.create(parts.pluginFolder(), uplink), "plugins", BLOCKING);
    slots =
        context.spawn(
            ExecutionSlots.create(
                parts.capabilities().slots(),
                new RunnerTools(
                    parts.runner(),
                    cache,
                    delivery,
                    streamer,
                    files,
                    uplink,
                    parts.outputs(),
                    parts.files(),
                    context.getSystem().dispatchers().lookup(BLOCKING),
                    parts.clock(),
                    parts.identity().name().value(),
                    parts.limits()),
                left.keySet()),
            "slots");
    var contact =
        context.spawn(
            ContactWatch.create(
                parts.monotonic(),
                parts.seeds(),
                context.getSystem().dispatchers().lookup(BLOCKING),
                events),
            "contact");
    var switchboard =
        context.spawn(Switchboard.create(slots, delivery, streamer, files), "switchboard");
    membership =
        context.spawn(
            ClusterMembership.create(
                parts.systems(),
                new CoordinatorLink.Surroundings(
                    parts.identity(), parts.capabilities(), uplink, contact, switchboard, events)),
            "membership",
            BLOCKING);
    context.getSelf().tell(new ExamineRunner());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromLink.class, this::onFromLink)
        .onMessage(Stop.class, this::onStop)
        .onMessage(ExamineRunner.class, this::onExamineRunner)
        .onMessage(RunnerExamined.class, this::onRunnerExamined)
        .onMessage(GraceOver.class, this::onGraceOver)
        .onMessage(AllEnded.class, this::onAllEnded)
        .onMessage(AllDelivered.class, this::onAllDelivered)
        .onMessage(EnoughDelivered.class, this::onEnoughDelivered)
        .onMessage(Gone.class, this::onGone)
        .build();
  }

  private Behavior<Command> onFromLink(FromLink from) {
    // Java 17 has no pattern switch
    if (from.event() instanceof LinkEvent.Admitted) {
      delivery.tell(new Delivery.Reconnected());
      streamer.tell(new OutputStreamer.Reconnected());
      files.tell(new FileSender.Reconnected());
      ready.complete(Done.getInstance());
    } else if (from.event() instanceof LinkEvent.OutOfTouch silence) {
      slots.tell(
          new ExecutionSlots.EndMovable(
              "no contact with a coordinator for " + silence.silence().toSeconds() + " s"));
    } else if (from.event() instanceof LinkEvent.DiskHealth health) {
      slots.tell(new ExecutionSlots.DiskHealth(health.why()));
    } else if (from.event() instanceof LinkEvent.NotAdmitted no && !stopping) {
      getContext().getLog().error("This worker is not admitted: {}", no.message());
      code = NOT_ADMITTED;
      stop(Duration.ZERO);
    }
    return this;
  }

  private Behavior<Command> onExamineRunner(ExamineRunner examine) {
    var blocking = getContext().getSystem().dispatchers().lookup(BLOCKING);
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(parts.runner()::health, blocking),
            (why, failure) -> new RunnerExamined(why == null ? "" : why));
    return this;
  }

  /** What is missing may be installed while the worker runs. */
  private Behavior<Command> onRunnerExamined(RunnerExamined examined) {
    slots.tell(new ExecutionSlots.RunnerHealth(examined.why()));
    if (!examined.why().isEmpty()) {
      timers.startSingleTimer(new ExamineRunner(), EXAMINE_AGAIN);
    }
    return this;
  }

  private Behavior<Command> onStop(Stop stop) {
    if (!stopping) {
      getContext().getLog().info("Stopping; running work has {}", parts.stopGrace());
      stop(parts.stopGrace());
    }
    return this;
  }

  private void stop(Duration grace) {
    stopping = true;
    slots.tell(
        new ExecutionSlots.Drain(
            getContext().messageAdapter(ExecutionSlots.Drained.class, drained -> new AllEnded())));
    timers.startSingleTimer(new GraceOver(), grace);
    timers.startSingleTimer(new Gone(), grace.plus(AFTER_GRACE));
  }

  private Behavior<Command> onGraceOver(GraceOver over) {
    slots.tell(new ExecutionSlots.EndAll("the worker was stopped"));
    return this;
  }

  private Behavior<Command> onAllEnded(AllEnded ended) {
    if (code == NOT_ADMITTED) {
      return onEnoughDelivered(new EnoughDelivered());
    }
    delivery.tell(
        new Delivery.WhenEmpty(
            getContext().messageAdapter(Delivery.Empty.class, empty -> new AllDelivered())));
    timers.startSingleTimer(new EnoughDelivered(), HAND_IN);
    return this;
  }

  private Behavior<Command> onAllDelivered(AllDelivered delivered) {
    return onEnoughDelivered(new EnoughDelivered());
  }

  private Behavior<Command> onEnoughDelivered(EnoughDelivered enough) {
    if (!leaving) {
      leaving = true;
      membership.tell(
          new ClusterMembership.Leave(
              getContext().messageAdapter(ClusterMembership.Left.class, left -> new Gone())));
    }
    return this;
  }

  private Behavior<Command> onGone(Gone gone) {
    exitCode.complete(code);
    return Behaviors.stopped();
  }
}

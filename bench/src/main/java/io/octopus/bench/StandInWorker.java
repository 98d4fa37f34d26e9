package io.octopus.bench;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.protocol.work.WorkerCapabilities;
import io.octopus.protocol.work.WorkerProtocol.Acknowledge;
import io.octopus.protocol.work.WorkerProtocol.Admitted;
import io.octopus.protocol.work.WorkerProtocol.AreYouThere;
import io.octopus.protocol.work.WorkerProtocol.Credit;
import io.octopus.protocol.work.WorkerProtocol.InTouch;
import io.octopus.protocol.work.WorkerProtocol.KeepInTouch;
import io.octopus.protocol.work.WorkerProtocol.Register;
import io.octopus.protocol.work.WorkerProtocol.Report;
import io.octopus.protocol.work.WorkerProtocol.Start;
import io.octopus.protocol.work.WorkerProtocol.StartAnswer;
import io.octopus.protocol.work.WorkerProtocol.StillHere;
import io.octopus.protocol.work.WorkerProtocol.ToCoordinator;
import io.octopus.protocol.work.WorkerProtocol.ToWorker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A worker as far as the coordinator can tell, that runs nothing: it speaks the real protocol and
 * ends every attempt as soon as it is started. Hundreds fit into one actor system.
 */
final class StandInWorker extends AbstractBehavior<StandInWorker.Command> {

  private static final int SLOTS = 4;
  private static final Duration REPEAT = Duration.ofSeconds(1);

  /** Everything the stand-in reacts to. */
  sealed interface Command {}

  private record Repeat() implements Command {}

  private record FromCoordinator(ToWorker message) implements Command {}

  private final WorkerName name;
  private final Incarnation incarnation;
  private final ActorRef<ToCoordinator> coordinators;
  private final Consumer<AttemptId> started;
  private final InstantSource clock;
  private final Map<AttemptId, AttemptReport> unacknowledged = new LinkedHashMap<>();
  private final ActorRef<ToWorker> link;
  private boolean admitted;

  /**
   * A worker of this name.
   *
   * @param started told of each attempt that is started here, once
   */
  static Behavior<Command> create(
      WorkerName name,
      Incarnation incarnation,
      ActorRef<ToCoordinator> coordinators,
      Consumer<AttemptId> started,
      InstantSource clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Repeat(), Duration.ZERO, REPEAT);
                  return new StandInWorker(
                      context, name, incarnation, coordinators, started, clock);
                }));
  }

  private StandInWorker(
      ActorContext<Command> context,
      WorkerName name,
      Incarnation incarnation,
      ActorRef<ToCoordinator> coordinators,
      Consumer<AttemptId> started,
      InstantSource clock) {
    super(context);
    this.name = name;
    this.incarnation = incarnation;
    this.coordinators = coordinators;
    this.started = started;
    this.clock = clock;
    this.link = context.messageAdapter(ToWorker.class, FromCoordinator::new);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Repeat.class, this::onRepeat)
        .onMessage(FromCoordinator.class, this::onFromCoordinator)
        .build();
  }

  private Behavior<Command> onFromCoordinator(FromCoordinator from) {
    // Java 17 has no pattern switch
    if (from.message() instanceof Admitted) {
      admitted = true;
      coordinators.tell(new Credit(name, incarnation, SLOTS, List.of()));
    } else if (from.message() instanceof InTouch word) {
      admitted = word.known();
    } else if (from.message() instanceof AreYouThere question) {
      question.replyTo().tell(new StillHere(name, incarnation));
    } else if (from.message() instanceof Start start) {
      start(start);
    } else if (from.message() instanceof Acknowledge acknowledge) {
      unacknowledged.keySet().removeAll(acknowledge.attempts());
    }
    return this;
  }

  private Behavior<Command> onRepeat(Repeat repeat) {
    if (admitted) {
      coordinators.tell(new KeepInTouch(name, incarnation, link));
    } else {
      register();
    }
    if (!unacknowledged.isEmpty()) {
      coordinators.tell(new Report(List.copyOf(unacknowledged.values()), link));
    }
    return this;
  }

  private void register() {
    coordinators.tell(
        new Register(
            name,
            incarnation,
            new WorkerCapabilities("bench", "none", "bench", SLOTS, Map.of(), 1, 1L << 30, ""),
            List.of(),
            List.copyOf(unacknowledged.keySet()),
            link));
  }

  private void start(Start start) {
    var attempt = start.order().attempt();
    coordinators.tell(new StartAnswer(name, incarnation, attempt, true, null, SLOTS));
    Instant now = clock.instant();
    var report = new AttemptReport(attempt, new AttemptOutcome.Completed("null", null), now, now);
    if (unacknowledged.put(attempt, report) == null) {
      started.accept(attempt);
      coordinators.tell(new Report(List.of(report), link));
      coordinators.tell(new Credit(name, incarnation, SLOTS, List.of()));
    }
  }
}

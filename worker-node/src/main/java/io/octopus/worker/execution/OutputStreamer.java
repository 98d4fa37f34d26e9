package io.octopus.worker.execution;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.protocol.AttemptId;
import io.octopus.worker.link.Delivery;
import io.octopus.worker.link.MonotonicClock;
import io.octopus.worker.link.Outbound;
import io.octopus.worker.link.Uplink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Streams the output of attempts from their files to a coordinator while they run, and says when
 * all output of an ended attempt is stored. Reads files, so it needs a dispatcher that may block.
 */
public final class OutputStreamer extends AbstractBehavior<OutputStreamer.Command> {

  /** What the streamer is unreadable. */
  public sealed interface Command
      permits Opened, Grew, Finished, Abandoned, Stored, Forget, Reconnected, Send, Look {}

  /** An attempt may write output from now on. */
  record Opened(AttemptOutput output) implements Command {}

  /** An attempt has written something. */
  record Grew(AttemptId attempt) implements Command {}

  /** An attempt has written all its output and closed it; its file is kept until forgotten. */
  record Finished(AttemptId attempt) implements Command {}

  /** As finished, but its result is of no interest: the file is deleted as soon as it is stored. */
  record Abandoned(AttemptId attempt) implements Command {}

  /** A coordinator has stored an attempt's output up to here. */
  public record Stored(AttemptId attempt, long upTo) implements Command {}

  /** The results of these attempts are acknowledged: their output files can go. */
  public record Forget(List<AttemptId> attempts) implements Command {}

  /** There is a link again. */
  public record Reconnected() implements Command {}

  private record Send() implements Command {}

  private record Look() implements Command {}

  private static final Duration GATHER = Duration.ofMillis(20);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final TimerScheduler<Command> timers;
  private final ActorRef<Uplink.Command> uplink;
  private final ActorRef<Delivery.Command> delivery;
  private final MonotonicClock clock;
  private final Map<AttemptId, AttemptOutput> open = new HashMap<>();
  private final Map<AttemptId, OutputTail> tails = new HashMap<>();
  private final Set<AttemptId> dirty = new HashSet<>();
  private final Set<AttemptId> finished = new HashSet<>();
  private final Set<AttemptId> abandoned = new HashSet<>();
  private final Map<AttemptId, Path> unreadable = new HashMap<>();

  /**
   * Starts with output files of results that an earlier process could not deliver.
   *
   * @param left those files
   */
  public static Behavior<Command> create(
      ActorRef<Uplink.Command> uplink,
      ActorRef<Delivery.Command> delivery,
      MonotonicClock clock,
      Map<AttemptId, Path> left) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new OutputStreamer(context, timers, uplink, delivery, clock, left)));
  }

  private OutputStreamer(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ActorRef<Uplink.Command> uplink,
      ActorRef<Delivery.Command> delivery,
      MonotonicClock clock,
      Map<AttemptId, Path> left) {
    super(context);
    this.timers = timers;
    this.uplink = uplink;
    this.delivery = delivery;
    this.clock = clock;
    left.forEach(
        (attempt, file) -> {
          var tail = new OutputTail(file);
          tail.grewTo(file.toFile().length());
          tails.put(attempt, tail);
          finished.add(attempt);
        });
    timers.startTimerWithFixedDelay(new Look(), LOOK);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Opened.class, this::onOpened)
        .onMessage(Grew.class, this::onGrew)
        .onMessage(Send.class, this::onSend)
        .onMessage(Finished.class, this::onFinished)
        .onMessage(Abandoned.class, this::onAbandoned)
        .onMessage(Stored.class, this::onStored)
        .onMessage(Forget.class, this::onForget)
        .onMessage(Reconnected.class, this::onReconnected)
        .onMessage(Look.class, this::onLook)
        .build();
  }

  private Behavior<Command> onOpened(Opened opened) {
    open.put(opened.output().attempt(), opened.output());
    return this;
  }

  private Behavior<Command> onGrew(Grew grew) {
    dirty.add(grew.attempt());
    if (!timers.isTimerActive(new Send())) {
      timers.startSingleTimer(new Send(), GATHER);
    }
    return this;
  }

  private Behavior<Command> onSend(Send send) {
    List.copyOf(dirty).forEach(this::flush);
    dirty.clear();
    return this;
  }

  private void flush(AttemptId attempt) {
    var output = open.get(attempt);
    if (output != null) {
      var length = output.flush();
      if (length > 0) {
        tails.computeIfAbsent(attempt, fresh -> new OutputTail(output.file())).grewTo(length);
      }
      send(attempt);
    }
  }

  private Behavior<Command> onFinished(Finished done) {
    finished.add(done.attempt());
    close(done.attempt());
    return this;
  }

  private Behavior<Command> onAbandoned(Abandoned done) {
    abandoned.add(done.attempt());
    close(done.attempt());
    return this;
  }

  private void close(AttemptId attempt) {
    flush(attempt);
    open.remove(attempt);
    dirty.remove(attempt);
    tellIfStored(attempt);
  }

  private Behavior<Command> onStored(Stored stored) {
    var tail = tails.get(stored.attempt());
    if (tail != null) {
      tail.stored(stored.upTo());
      send(stored.attempt());
      tellIfStored(stored.attempt());
    }
    return this;
  }

  private void send(AttemptId attempt) {
    var tail = tails.get(attempt);
    if (tail == null) {
      return;
    }
    try {
      tail.next(clock.now()).forEach(chunks -> uplink.tell(new Outbound.Output(attempt, chunks)));
    } catch (IOException e) {
      getContext().getLog().error("Output of {} cannot be read: {}", attempt, e.toString());
      tails.remove(attempt);
      unreadable.put(attempt, tail.file());
    }
  }

  private void tellIfStored(AttemptId attempt) {
    var tail = tails.get(attempt);
    var isStored = tail == null || tail.isAllStored();
    if (isStored && finished.remove(attempt)) {
      delivery.tell(new Delivery.OutputStored(attempt));
    } else if (isStored && abandoned.remove(attempt)) {
      delete(attempt);
    }
  }

  private Behavior<Command> onForget(Forget forget) {
    forget.attempts().forEach(this::delete);
    return this;
  }

  private void delete(AttemptId attempt) {
    var tail = tails.remove(attempt);
    var file = tail == null ? unreadable.remove(attempt) : tail.file();
    open.remove(attempt);
    finished.remove(attempt);
    if (file == null) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      getContext().getLog().warn("Could not delete {}: {}", file, e.toString());
    }
  }

  private Behavior<Command> onReconnected(Reconnected now) {
    tails.values().forEach(OutputTail::startAnew);
    return onLook(new Look());
  }

  private Behavior<Command> onLook(Look look) {
    for (var attempt : new ArrayList<>(tails.keySet())) {
      send(attempt);
      tellIfStored(attempt);
    }
    return this;
  }
}

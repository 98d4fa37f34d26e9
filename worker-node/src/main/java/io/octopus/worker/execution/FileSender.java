package io.octopus.worker.execution;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.AttemptFile;
import io.octopus.worker.execution.FileFolder.Kept;
import io.octopus.worker.link.Delivery;
import io.octopus.worker.link.MonotonicClock;
import io.octopus.worker.link.Outbound;
import io.octopus.worker.link.Uplink;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the files of ended attempts to a coordinator, a few attempts at a time, and says when all
 * of an attempt's files are stored. Reads files, so it needs a dispatcher that may block.
 */
public final class FileSender extends AbstractBehavior<FileSender.Command> {

  /** What the sender is told. */
  public sealed interface Command permits Finished, Abandoned, Stored, Forget, Reconnected, Look {}

  /** An attempt has ended and left these files, perhaps none. */
  record Finished(AttemptId attempt, List<Kept> files) implements Command {}

  /** An attempt has ended and nobody wants what it left. */
  record Abandoned(AttemptId attempt) implements Command {}

  /** A coordinator has so much of a file. */
  public record Stored(AttemptId attempt, AttemptFile file, long upTo) implements Command {}

  /** The results of these attempts are acknowledged: their files can go. */
  public record Forget(List<AttemptId> attempts) implements Command {}

  /** There is a link again. */
  public record Reconnected() implements Command {}

  private record Look() implements Command {}

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int AT_ONCE = 4;

  private final ActorRef<Uplink.Command> uplink;
  private final ActorRef<Delivery.Command> delivery;
  private final MonotonicClock clock;
  private final FileFolder folder;
  private final Map<AttemptId, FileTail> tails = new LinkedHashMap<>();

  /**
   * Starts with the files of results that an earlier process could not deliver.
   *
   * @param left those files
   */
  public static Behavior<Command> create(
      ActorRef<Uplink.Command> uplink,
      ActorRef<Delivery.Command> delivery,
      MonotonicClock clock,
      FileFolder folder,
      FilesLeft left) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new FileSender(
                        context, timers, uplink, delivery, clock, folder, left.files())));
  }

  private FileSender(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ActorRef<Uplink.Command> uplink,
      ActorRef<Delivery.Command> delivery,
      MonotonicClock clock,
      FileFolder folder,
      Map<AttemptId, List<Kept>> left) {
    super(context);
    this.uplink = uplink;
    this.delivery = delivery;
    this.clock = clock;
    this.folder = folder;
    left.forEach((attempt, files) -> tails.put(attempt, new FileTail(files)));
    timers.startTimerWithFixedDelay(new Look(), LOOK);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Finished.class, this::onFinished)
        .onMessage(Abandoned.class, this::onAbandoned)
        .onMessage(Stored.class, this::onStored)
        .onMessage(Forget.class, this::onForget)
        .onMessage(Reconnected.class, this::onReconnected)
        .onMessage(Look.class, this::onLook)
        .build();
  }

  private Behavior<Command> onFinished(Finished done) {
    if (!done.files().isEmpty()) {
      tails.put(done.attempt(), new FileTail(done.files()));
      send();
    } else {
      folder.delete(done.attempt());
    }
    return this;
  }

  private Behavior<Command> onAbandoned(Abandoned done) {
    folder.delete(done.attempt());
    return this;
  }

  private Behavior<Command> onStored(Stored stored) {
    var tail = tails.get(stored.attempt());
    if (tail != null) {
      tail.stored(stored.file(), stored.upTo());
      tellIfStored(stored.attempt(), tail);
      send();
    } else if (stored.file().kind() == AttemptFile.Kind.RESULT
        && stored.upTo() < stored.file().size()) {
      delivery.tell(new Delivery.Unreadable(stored.attempt()));
    }
    return this;
  }

  private Behavior<Command> onForget(Forget forget) {
    for (var attempt : forget.attempts()) {
      if (tails.remove(attempt) != null) {
        folder.delete(attempt);
      }
    }
    send();
    return this;
  }

  private Behavior<Command> onReconnected(Reconnected now) {
    tails.values().forEach(FileTail::startAnew);
    send();
    return this;
  }

  private Behavior<Command> onLook(Look look) {
    send();
    return this;
  }

  private void send() {
    var underWay =
        tails.entrySet().stream()
            .filter(it -> !it.getValue().isAllStored())
            .limit(AT_ONCE)
            .toList();
    underWay.forEach(it -> send(it.getKey(), it.getValue()));
  }

  private void send(AttemptId attempt, FileTail tail) {
    try {
      tail.next(clock.now())
          .ifPresent(
              piece ->
                  uplink.tell(
                      new Outbound.FilePiece(
                          attempt, piece.file(), piece.offset(), piece.base64())));
    } catch (IOException e) {
      getContext().getLog().error("A file of {} cannot be read: {}", attempt, e.toString());
      if (tail.sending().file().kind() == AttemptFile.Kind.RESULT) {
        tails.remove(attempt);
        delivery.tell(new Delivery.Unreadable(attempt));
      } else {
        tail.skip();
        tellIfStored(attempt, tail);
      }
    }
  }

  private void tellIfStored(AttemptId attempt, FileTail tail) {
    if (tail.isAllStored()) {
      delivery.tell(new Delivery.FilesStored(attempt));
    }
  }
}

package io.octopus.worker.link;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.AttemptReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps results on disk until they are delivered. Needs a thread of its own: it writes and fsyncs.
 *
 * <p>Results that arrive while the disk is busy gather in the mailbox and share the next fsync.
 * While the disk takes no writes they stay in memory, can be delivered from there, and are written
 * as soon as that works again.
 */
public final class ResultSpool extends AbstractBehavior<ResultSpool.Command> {

  /** What the spool is told. */
  public sealed interface Command permits Keep, Forget, Read, Flush, TryAgain {}

  /** Keeps a result; answered with {@link Kept}, perhaps after {@link NotKept}. */
  record Keep(AttemptReport report, ActorRef<Answer> replyTo) implements Command {}

  /** These need no delivery any more. */
  record Forget(Collection<AttemptId> attempts) implements Command {}

  /** Asks for results by their attempts; answered with {@link Found}. */
  record Read(List<AttemptId> attempts, ActorRef<Answer> replyTo) implements Command {}

  private record Flush() implements Command {}

  private record TryAgain() implements Command {}

  /** What the spool answers. */
  sealed interface Answer {}

  /** These results are on disk. */
  record Kept(List<AttemptReport> reports) implements Answer {}

  /** These results are only in memory until the disk takes them. */
  record NotKept(List<AttemptReport> reports) implements Answer {}

  /** The asked-for results, as far as they still wait and can be read. */
  record Found(List<AttemptId> asked, List<AttemptReport> reports) implements Answer {}

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final TimerScheduler<Command> timers;
  private final SpoolFiles files;
  private final ActorRef<? super LinkEvent.DiskHealth> events;
  private final Map<AttemptId, Keep> unsaved = new LinkedHashMap<>();
  private boolean flushing;
  private boolean healthy = true;

  /** A spool over files that this actor alone uses from now on. */
  public static Behavior<Command> create(
      SpoolFiles files, ActorRef<? super LinkEvent.DiskHealth> events) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new ResultSpool(context, timers, files, events)));
  }

  private ResultSpool(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SpoolFiles files,
      ActorRef<? super LinkEvent.DiskHealth> events) {
    super(context);
    this.timers = timers;
    this.files = files;
    this.events = events;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Keep.class, this::onKeep)
        .onMessage(Flush.class, this::onFlush)
        .onMessage(TryAgain.class, this::onTryAgain)
        .onMessage(Forget.class, this::onForget)
        .onMessage(Read.class, this::onRead)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private Behavior<Command> onKeep(Keep keep) {
    unsaved.put(keep.report().attempt(), keep);
    if (!healthy) {
      keep.replyTo().tell(new NotKept(List.of(keep.report())));
    } else if (!flushing) {
      flushing = true;
      // Behind everything that is in the mailbox by now.
      getContext().getSelf().tell(new Flush());
    }
    return this;
  }

  private Behavior<Command> onFlush(Flush flush) {
    flushing = false;
    write();
    return this;
  }

  private Behavior<Command> onTryAgain(TryAgain again) {
    write();
    return this;
  }

  private void write() {
    var batch = unsaved.values().stream().map(Keep::report).toList();
    try {
      if (!batch.isEmpty()) {
        files.keep(batch);
      } else if (!healthy) {
        files.tryWrite();
      }
      answer(Kept::new);
      unsaved.clear();
      if (!healthy) {
        healthy = true;
        getContext().getLog().info("The spool can be written again");
        events.tell(new LinkEvent.DiskHealth(""));
      }
    } catch (IOException e) {
      if (healthy) {
        healthy = false;
        answer(NotKept::new);
        getContext()
            .getLog()
            .error("Results cannot be kept on disk, taking no work: {}", e.toString());
        events.tell(new LinkEvent.DiskHealth("results cannot be kept on disk: " + e.getMessage()));
      }
      timers.startSingleTimer(new TryAgain(), RETRY);
    }
  }

  private void answer(Function<List<AttemptReport>, Answer> how) {
    var byAsker = new LinkedHashMap<ActorRef<Answer>, List<AttemptReport>>();
    unsaved
        .values()
        .forEach(
            keep ->
                byAsker
                    .computeIfAbsent(keep.replyTo(), asker -> new ArrayList<>())
                    .add(keep.report()));
    byAsker.forEach((asker, reports) -> asker.tell(how.apply(reports)));
  }

  private Behavior<Command> onForget(Forget forget) {
    forget.attempts().forEach(unsaved::remove);
    try {
      files.forget(forget.attempts());
    } catch (IOException e) {
      getContext().getLog().warn("Acknowledged results may be sent again later: {}", e.toString());
    }
    return this;
  }

  private Behavior<Command> onRead(Read read) {
    var found = new ArrayList<AttemptReport>();
    var onDisk = new ArrayList<AttemptId>();
    for (var attempt : read.attempts()) {
      var keep = unsaved.get(attempt);
      if (keep == null) {
        onDisk.add(attempt);
      } else {
        found.add(keep.report());
      }
    }
    for (var attempt : onDisk) {
      try {
        found.addAll(files.read(List.of(attempt)));
      } catch (IOException e) {
        getContext().getLog().error("Cannot read the result of {}: {}", attempt, e.toString());
      }
    }
    read.replyTo().tell(new Found(read.attempts(), found));
    return this;
  }

  private Behavior<Command> onPostStop(PostStop stopped) {
    try {
      files.close();
    } catch (IOException e) {
      getContext().getLog().warn("Closing the spool: {}", e.toString());
    }
    return this;
  }
}

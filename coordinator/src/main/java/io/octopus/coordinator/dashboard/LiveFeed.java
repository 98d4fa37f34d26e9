package io.octopus.coordinator.dashboard;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.stream.BoundedSourceQueue;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.http.EventStream.Event;
import io.octopus.coordinator.store.Committed;
import io.octopus.coordinator.store.CommittedEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Tells the dashboards what changed. Changes are gathered for a moment, so that an entity that
 * changes many times is read and sent once; with nobody listening nothing is read.
 *
 * <p>Nothing depends on it: what it misses is repaired by a {@code reset}, after which a listener
 * reads again what it shows.
 */
public final class LiveFeed extends AbstractBehavior<LiveFeed.Command> {

  /** What the feed is told. */
  public sealed interface Command {}

  /** Something changed outside the journal: a client, a plugin, why an execution waits. */
  public record Noticed(Changed changed) implements Command {}

  /**
   * Somebody listens.
   *
   * @param lastEventId the last event it has seen, if it has seen any
   */
  record Join(@Nullable String lastEventId, BoundedSourceQueue<Event> queue) implements Command {}

  /** Somebody no longer listens. */
  record Leave(BoundedSourceQueue<Event> queue) implements Command {}

  private record EventsCommitted(List<Committed> events) implements Command {}

  private record Gathered() implements Command {}

  private record CatchUp() implements Command {}

  private record RowsRead(List<Row> rows) implements Command {}

  private record ReadFailed(Throwable failure) implements Command {}

  private record Row(Changed changed, Optional<ObjectNode> json) {}

  private static final Duration GATHERING = Duration.ofMillis(150);
  private static final Duration CATCHING_UP = Duration.ofSeconds(1);
  private static final int MOST_READ_AT_ONCE = 200;
  private static final int MOST_WAITING = 2000;

  private final LiveRows rows;
  private final EventHistory history;
  private final TimerScheduler<Command> timers;
  private final CommittedEvents.Subscription subscription;
  private final List<Listener> listeners = new ArrayList<>();
  private final Set<Changed> waiting = new LinkedHashSet<>();
  private boolean reading;

  /**
   * Listens to the journal from its start to its end.
   *
   * @param epoch letters and digits that no other start of a coordinator has
   */
  public static Behavior<Command> create(LiveRows rows, String epoch) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new LiveFeed(context, timers, rows, epoch)));
  }

  private LiveFeed(
      ActorContext<Command> context, TimerScheduler<Command> timers, LiveRows rows, String epoch) {
    super(context);
    this.rows = rows;
    this.timers = timers;
    this.history = new EventHistory(epoch);
    this.subscription =
        CommittedEvents.get(context.getSystem())
            .subscribe(events -> context.getSelf().tell(new EventsCommitted(events)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Noticed.class, this::onNoticed)
        .onMessage(EventsCommitted.class, this::onEventsCommitted)
        .onMessage(Join.class, this::onJoin)
        .onMessage(Leave.class, this::onLeave)
        .onMessage(Gathered.class, this::onGathered)
        .onMessage(RowsRead.class, this::onRowsRead)
        .onMessage(ReadFailed.class, this::onReadFailed)
        .onMessage(CatchUp.class, this::onCatchUp)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private Behavior<Command> onNoticed(Noticed noticed) {
    gather(List.of(noticed.changed()));
    return this;
  }

  private Behavior<Command> onEventsCommitted(EventsCommitted committed) {
    if (listeners.isEmpty()) {
      history.skip();
      return this;
    }
    for (Committed event : committed.events()) {
      gather(ChangesOf.event(event));
    }
    return this;
  }

  private void gather(List<Changed> changes) {
    if (listeners.isEmpty()) {
      history.skip();
      return;
    }
    waiting.addAll(changes);
    if (!reading && !timers.isTimerActive(Gathered.class)) {
      timers.startSingleTimer(Gathered.class, new Gathered(), GATHERING);
    }
  }

  private Behavior<Command> onJoin(Join join) {
    Listener listener = new Listener(join.queue());
    listeners.add(listener);
    if (join.lastEventId() == null) {
      listener.offer(Event.mark(history.lastId()), reset("joined"));
      return this;
    }
    Optional<List<Event>> missed = history.after(join.lastEventId());
    if (missed.isEmpty()) {
      listener.offer(reset("unknown position"), reset("unknown position"));
    } else {
      missed.get().forEach(event -> listener.offer(event, reset("too slow")));
      catchUpLater();
    }
    return this;
  }

  private Behavior<Command> onLeave(Leave leave) {
    listeners.removeIf(listener -> listener.listensTo(leave.queue()));
    if (listeners.isEmpty()) {
      forgetWaiting();
    }
    return this;
  }

  private void forgetWaiting() {
    if (!waiting.isEmpty()) {
      waiting.clear();
      history.skip();
    }
  }

  /** More than can be read in time is not read at all: lists are, by those who show them. */
  private Behavior<Command> onGathered(Gathered gathered) {
    if (waiting.size() > MOST_WAITING) {
      forgetWaiting();
      send(reset("too many changes"));
      return this;
    }
    List<Changed> changes = waiting.stream().limit(MOST_READ_AT_ONCE).toList();
    changes.forEach(waiting::remove);
    reading = true;
    getContext()
        .pipeToSelf(
            readAll(changes),
            (read, failure) -> failure == null ? new RowsRead(read) : new ReadFailed(failure));
    return this;
  }

  private CompletionStage<List<Row>> readAll(List<Changed> changes) {
    List<CompletableFuture<Row>> reads =
        changes.stream()
            .map(
                changed ->
                    rows.read(changed)
                        .thenApply(json -> new Row(changed, json))
                        .toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
        .thenApply(all -> reads.stream().map(CompletableFuture::join).toList());
  }

  private Behavior<Command> onRowsRead(RowsRead read) {
    for (Row row : read.rows()) {
      Changed changed = row.changed();
      ObjectNode json = row.json().orElseGet(() -> deleted(changed));
      send(history.add(changed.kind().eventName(), json.toString()));
    }
    return afterReading();
  }

  private Behavior<Command> onReadFailed(ReadFailed failed) {
    getContext().getLog().warn("cannot read what changed: {}", failed.failure().toString());
    history.skip();
    send(reset("rows not available"));
    return afterReading();
  }

  private Behavior<Command> afterReading() {
    reading = false;
    if (!waiting.isEmpty()) {
      timers.startSingleTimer(Gathered.class, new Gathered(), GATHERING);
    }
    return this;
  }

  private void send(Event event) {
    Event reset = reset("too slow");
    for (Iterator<Listener> all = listeners.iterator(); all.hasNext(); ) {
      Listener listener = all.next();
      listener.offer(event, reset);
      if (listener.isGone()) {
        all.remove();
      }
    }
    catchUpLater();
  }

  /** Those that missed something must not wait for the next change to learn of it. */
  private void catchUpLater() {
    if (listeners.stream().anyMatch(Listener::hasMissedSome)) {
      timers.startSingleTimer(CatchUp.class, new CatchUp(), CATCHING_UP);
    }
  }

  private Behavior<Command> onCatchUp(CatchUp catchUp) {
    Event reset = reset("too slow");
    listeners.stream().filter(Listener::hasMissedSome).forEach(slow -> slow.offer(reset, reset));
    catchUpLater();
    return this;
  }

  private Event reset(String reason) {
    String data = JsonNodeFactory.instance.objectNode().put("reason", reason).toString();
    return new Event("reset", history.lastId(), data);
  }

  private static ObjectNode deleted(Changed changed) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", changed.id());
    boolean isNamed =
        changed.kind() == Changed.Kind.CLIENT || changed.kind() == Changed.Kind.PLUGIN;
    return (isNamed ? json.put("name", changed.id()) : json).put("deleted", true);
  }

  private Behavior<Command> onPostStop(PostStop stop) {
    subscription.close();
    return this;
  }
}

package io.octopus.worker.link;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Watches how long the coordinators have been silent and says when movable work must end. The
 * decision is {@link Contact}'s; this is its clock and its eyes.
 */
public final class ContactWatch extends AbstractBehavior<ContactWatch.Command> {

  /** What the watch is told. */
  public sealed interface Command permits Heard, Terms, Goodbye, Tick, Probed {}

  /** A coordinator said something. */
  record Heard() implements Command {}

  /** What an admitting coordinator said of its patience. */
  record Terms(Duration stableAfter, Duration recoveryGrace) implements Command {}

  /** The coordinator ends in good order. */
  record Goodbye() implements Command {}

  private record Tick() implements Command {}

  private record Probed(Contact.Seeds seeds, Duration startedAt) implements Command {}

  private static final Duration TICK = Duration.ofMillis(250);

  /**
   * A coordinator that is killed and started again at once refuses connections for two seconds or
   * so. Those must be seen: afterwards the new one looks like one that never went away.
   */
  private static final Duration SHORT_SILENCE = Duration.ofMillis(1200);

  private final MonotonicClock clock;
  private final Supplier<Contact.Seeds> seeds;
  private final Executor blocking;
  private final ActorRef<? super LinkEvent.OutOfTouch> listener;
  private Optional<Contact> contact = Optional.empty();
  private boolean probing;

  /**
   * A watch that begins when a coordinator states its terms.
   *
   * @param blocking where the seeds are probed
   */
  public static Behavior<Command> create(
      MonotonicClock clock,
      SeedProbe seeds,
      Executor blocking,
      ActorRef<? super LinkEvent.OutOfTouch> listener) {
    return create(clock, seeds::probe, blocking, listener);
  }

  static Behavior<Command> create(
      MonotonicClock clock,
      Supplier<Contact.Seeds> seeds,
      Executor blocking,
      ActorRef<? super LinkEvent.OutOfTouch> listener) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Tick(), TICK);
                  return new ContactWatch(context, clock, seeds, blocking, listener);
                }));
  }

  private ContactWatch(
      ActorContext<Command> context,
      MonotonicClock clock,
      Supplier<Contact.Seeds> seeds,
      Executor blocking,
      ActorRef<? super LinkEvent.OutOfTouch> listener) {
    super(context);
    this.clock = clock;
    this.seeds = seeds;
    this.blocking = blocking;
    this.listener = listener;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Terms.class, this::onTerms)
        .onMessage(Heard.class, this::onHeard)
        .onMessage(Goodbye.class, this::onGoodbye)
        .onMessage(Tick.class, this::onTick)
        .onMessage(Probed.class, this::onProbed)
        .build();
  }

  private Behavior<Command> onTerms(Terms terms) {
    contact = Optional.of(Contact.made(terms.stableAfter(), terms.recoveryGrace(), clock.now()));
    return this;
  }

  /** After a long pause of this process the end of movable work comes before all news. */
  private Behavior<Command> onHeard(Heard heard) {
    judge();
    contact = contact.map(before -> before.heard(clock.now()));
    return this;
  }

  private Behavior<Command> onGoodbye(Goodbye goodbye) {
    contact = contact.map(Contact::saidGoodbye);
    return this;
  }

  private Behavior<Command> onTick(Tick tick) {
    judge();
    if (!probing && contact.filter(this::isSilent).isPresent()) {
      probing = true;
      var startedAt = clock.now();
      getContext()
          .pipeToSelf(
              CompletableFuture.supplyAsync(seeds, blocking),
              (found, failure) ->
                  new Probed(failure == null ? found : Contact.Seeds.SILENT, startedAt));
    }
    return this;
  }

  private boolean isSilent(Contact now) {
    return now.silence(clock.now()).compareTo(SHORT_SILENCE) > 0;
  }

  private Behavior<Command> onProbed(Probed probed) {
    probing = false;
    contact = contact.map(before -> before.probed(probed.seeds(), probed.startedAt()));
    return this;
  }

  private void judge() {
    var now = clock.now();
    contact
        .filter(it -> it.isOver(now))
        .ifPresent(it -> listener.tell(new LinkEvent.OutOfTouch(it.silence(now))));
  }
}

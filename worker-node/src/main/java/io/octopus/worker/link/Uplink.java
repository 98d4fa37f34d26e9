package io.octopus.worker.link;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.octopus.protocol.AttemptId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fixed address under which the work reaches coordinators while links come and go.
 *
 * <p>Lives beside the work, outside the cluster, and so remembers between two links what a new one
 * has to register: what runs, what waits to be delivered, and whether this worker is healthy.
 */
public final class Uplink extends AbstractBehavior<Uplink.Command> {

  /** What the uplink is told. */
  public sealed interface Command
      permits Outbound, Standing, Waiting, Delivered, Healthy, Describe, Connected, Disconnected {}

  /** The slots' word on how many are free and what runs. */
  public record Standing(int free, List<AttemptId> running) implements Command {

    public Standing {
      running = List.copyOf(running);
    }
  }

  /** Results of these attempts wait to be delivered. */
  public record Waiting(List<AttemptId> attempts) implements Command {}

  /** Results of these attempts need no delivery any more. */
  public record Delivered(List<AttemptId> attempts) implements Command {}

  /** Why this worker cannot work, in words; empty when it can. */
  public record Healthy(String why) implements Command {}

  /** A link that is about to register asks what it should say. */
  record Describe(ActorRef<? super CoordinatorLink.Inventory> replyTo) implements Command {}

  /** A coordinator admitted this worker through this link. */
  record Connected(ActorRef<CoordinatorLink.Command> link) implements Command {}

  /** The link's actor system has ended. */
  public record Disconnected() implements Command {}

  private final Set<AttemptId> waiting = new LinkedHashSet<>();
  private Standing standing = new Standing(0, List.of());
  private String health = "";
  private Optional<ActorRef<CoordinatorLink.Command>> link = Optional.empty();

  /** Starts without a link: what is said until one is there is lost. */
  public static Behavior<Command> create() {
    return Behaviors.setup(Uplink::new);
  }

  private Uplink(ActorContext<Command> context) {
    super(context);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Outbound.class, this::onOutbound)
        .onMessage(Standing.class, this::onStanding)
        .onMessage(Waiting.class, this::onWaiting)
        .onMessage(Delivered.class, this::onDelivered)
        .onMessage(Healthy.class, this::onHealthy)
        .onMessage(Describe.class, this::onDescribe)
        .onMessage(Connected.class, this::onConnected)
        .onMessage(Disconnected.class, this::onDisconnected)
        .build();
  }

  private Behavior<Command> onOutbound(Outbound outbound) {
    link.ifPresent(to -> to.tell(outbound));
    return this;
  }

  private Behavior<Command> onStanding(Standing now) {
    standing = now;
    link.ifPresent(to -> to.tell(new CoordinatorLink.StandingChanged(now)));
    return this;
  }

  private Behavior<Command> onWaiting(Waiting more) {
    waiting.addAll(more.attempts());
    return this;
  }

  private Behavior<Command> onDelivered(Delivered done) {
    done.attempts().forEach(waiting::remove);
    return this;
  }

  private Behavior<Command> onHealthy(Healthy now) {
    if (!now.why().equals(health)) {
      health = now.why();
      link.ifPresent(to -> to.tell(new CoordinatorLink.RegisterAgain()));
    }
    return this;
  }

  private Behavior<Command> onDescribe(Describe asked) {
    asked.replyTo().tell(new CoordinatorLink.Inventory(standing, List.copyOf(waiting), health));
    return this;
  }

  private Behavior<Command> onConnected(Connected now) {
    link = Optional.of(now.link());
    now.link().tell(new CoordinatorLink.StandingChanged(standing));
    return this;
  }

  private Behavior<Command> onDisconnected(Disconnected now) {
    link = Optional.empty();
    return this;
  }
}

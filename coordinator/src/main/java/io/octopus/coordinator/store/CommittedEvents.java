package io.octopus.coordinator.store;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events on once they are committed, in the order of their commits. What is published here is
 * a hint: whoever was not listening reads the rows.
 */
public final class CommittedEvents implements Extension {

  private static final Logger LOG = LoggerFactory.getLogger(CommittedEvents.class);

  private final List<Consumer<List<Committed>>> subscribers = new CopyOnWriteArrayList<>();

  private CommittedEvents() {}

  /** The one of this actor system; the journal publishes to it. */
  public static CommittedEvents get(ClassicActorSystemProvider system) {
    return Id.ONLY.get(system);
  }

  /**
   * Listens until closed. The consumer is called on the journal's thread, while writes wait: it
   * must pass the events on and return.
   */
  public Subscription subscribe(Consumer<List<Committed>> consumer) {
    subscribers.add(consumer);
    return () -> subscribers.remove(consumer);
  }

  void publish(List<Committed> events) {
    for (Consumer<List<Committed>> subscriber : subscribers) {
      try {
        subscriber.accept(events);
      } catch (RuntimeException failure) {
        // the events are committed whatever a listener does: its failure must not fail the write
        LOG.error("a listener to committed events failed", failure);
      }
    }
  }

  /** Ends a subscription. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  private static final class Id extends AbstractExtensionId<CommittedEvents> {
    private static final Id ONLY = new Id();

    @Override
    public CommittedEvents createExtension(ExtendedActorSystem system) {
      return new CommittedEvents();
    }

    @Override
    public CommittedEvents get(ActorSystem system) {
      return super.get(system);
    }
  }
}

package io.octopus.coordinator.store;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import io.octopus.protocol.TaskId;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Tasks that this coordinator has just named, and under which nothing is stored yet: their entities
 * need not ask the database for events and snapshots.
 *
 * <p>Only for a coordinator that is the only one to write: elsewhere another one may have stored
 * events of the task in the meantime.
 */
public final class FreshIds implements Extension {

  /** Names that were refused, or whose task never came, are forgotten when so many are newer. */
  private static final int MOST_KEPT = 10_000;

  private final Set<String> persistenceIds = new LinkedHashSet<>();

  private FreshIds() {}

  /** The ones of this actor system. */
  public static FreshIds get(ClassicActorSystemProvider system) {
    return Id.ONLY.get(system);
  }

  /** A name that nobody ever used. */
  public synchronized void add(TaskId task) {
    persistenceIds.add(JournalIds.of(task));
    if (persistenceIds.size() > MOST_KEPT) {
      persistenceIds.remove(persistenceIds.iterator().next());
    }
  }

  /** Whether nothing can be stored under this id. */
  synchronized boolean contains(String persistenceId) {
    return persistenceIds.contains(persistenceId);
  }

  /** Something is about to be stored under this id. */
  synchronized void remove(String persistenceId) {
    persistenceIds.remove(persistenceId);
  }

  private static final class Id extends AbstractExtensionId<FreshIds> {
    private static final Id ONLY = new Id();

    @Override
    public FreshIds createExtension(ExtendedActorSystem system) {
      return new FreshIds();
    }

    @Override
    public FreshIds get(ActorSystem system) {
      return super.get(system);
    }
  }
}

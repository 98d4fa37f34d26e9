package io.octopus.coordinator.store;

import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.jdbc.journal.dao.JournalTables.JournalAkkaSerializationRow;
import akka.persistence.journal.Tagged;
import akka.serialization.Serialization;
import io.octopus.coordinator.task.TaskEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Remembers events from when they are handed to the journal until they are written, so that their
 * rows need not be deserialized for the views. What is not remembered is deserialized.
 */
final class EventsInFlight {

  private final Map<Key, TaskEvent> events = new ConcurrentHashMap<>();
  private final Serialization serialization;

  EventsInFlight(Serialization serialization) {
    this.serialization = serialization;
  }

  /** Remembers; answers what to forget when the write has ended. */
  List<Key> remember(Seq<AtomicWrite> writes) {
    List<Key> keys = new ArrayList<>();
    for (AtomicWrite write : CollectionConverters.asJava(writes)) {
      for (PersistentRepr event : CollectionConverters.asJava(write.payload())) {
        Object payload =
            event.payload() instanceof Tagged tagged ? tagged.payload() : event.payload();
        if (payload instanceof TaskEvent taskEvent) {
          Key key = new Key(event.persistenceId(), event.sequenceNr(), event.writerUuid());
          events.put(key, taskEvent);
          keys.add(key);
        }
      }
    }
    return keys;
  }

  void forget(List<Key> keys) {
    keys.forEach(events::remove);
  }

  /** The task's event in a row of the journal; empty for rows of others. */
  Optional<Committed> in(JournalAkkaSerializationRow row) {
    if (!JournalIds.isTask(row.persistenceId())) {
      return Optional.empty();
    }
    TaskEvent event = events.get(Key.of(row));
    return Optional.of(
        new Committed(
            JournalIds.task(row.persistenceId()),
            row.sequenceNumber(),
            event == null ? deserialize(row) : event));
  }

  private TaskEvent deserialize(JournalAkkaSerializationRow row) {
    return (TaskEvent)
        serialization
            .deserialize(row.eventPayload(), row.eventSerId(), row.eventSerManifest())
            .get();
  }

  /**
   * One event of one life of a writer: another life may try to write another event under the same
   * number, and only one of them gets in.
   */
  record Key(String persistenceId, long sequenceNr, @Nullable String writer) {
    static Key of(JournalAkkaSerializationRow row) {
      return new Key(row.persistenceId(), row.sequenceNumber(), row.writer());
    }
  }
}

package io.octopus.coordinator.store;

import akka.persistence.AtomicWrite;
import akka.persistence.jdbc.config.JournalConfig;
import akka.persistence.jdbc.journal.dao.DefaultJournalDao;
import akka.persistence.jdbc.journal.dao.JournalTables.JournalAkkaSerializationRow;
import akka.serialization.Serialization;
import akka.stream.Materializer;
import java.util.List;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;
import slick.jdbc.JdbcBackend.DatabaseDef;
import slick.jdbc.JdbcProfile;

/**
 * The journal's storage, which writes the read model's rows in the transaction of the events behind
 * them. Set as {@code jdbc-journal.dao}; the journal makes it, by this constructor.
 *
 * <p>What is read goes the way of akka-persistence-jdbc; what is written goes to one thread, past
 * its stream and Slick's, which cost each commit a dozen hand-overs between threads.
 */
public final class ViewWritingJournalDao extends DefaultJournalDao {

  private final EventsInFlight inFlight;
  private final FreshIds fresh;
  private final JournalWriter writer;

  public ViewWritingJournalDao(
      DatabaseDef database,
      JdbcProfile profile,
      JournalConfig config,
      Serialization serialization,
      ExecutionContext executionContext,
      Materializer materializer) {
    super(database, profile, config, serialization, executionContext, materializer);
    this.inFlight = new EventsInFlight(serialization);
    this.fresh = FreshIds.get(serialization.system());
    this.writer =
        new JournalWriter(
            () -> database.source().createConnection(),
            inFlight,
            CommittedEvents.get(serialization.system()),
            serialization.system()::terminate);
    serialization.system().registerOnTermination(writer::close);
  }

  @Override
  public Future<Seq<Try<BoxedUnit>>> asyncWriteMessages(Seq<AtomicWrite> messages) {
    CollectionConverters.asJava(messages).forEach(write -> fresh.remove(write.persistenceId()));
    List<EventsInFlight.Key> keys = inFlight.remember(messages);
    return FutureConverters.asScala(
        FutureConverters.asJava(super.asyncWriteMessages(messages))
            .whenComplete((written, failure) -> inFlight.forget(keys)));
  }

  @Override
  public Future<Object> highestSequenceNr(String persistenceId, long fromSequenceNr) {
    return fresh.contains(persistenceId)
        ? Future.successful(0L)
        : super.highestSequenceNr(persistenceId, fromSequenceNr);
  }

  /** One entity's rows; it has no others under way. Events have no tags here. */
  @Override
  public Future<BoxedUnit> queueWriteJournalRows(
      Seq<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {
    return rows.isEmpty()
        ? Future.successful(BoxedUnit.UNIT)
        : FutureConverters.asScala(
            writer
                .write(CollectionConverters.asJava(rows).stream().map(Tuple2::_1).toList())
                .thenApply(done -> BoxedUnit.UNIT));
  }
}

package io.octopus.coordinator.store;

import akka.persistence.AtomicWrite;
import akka.persistence.jdbc.config.JournalConfig;
import akka.persistence.jdbc.journal.dao.DefaultJournalDao;
import akka.persistence.jdbc.journal.dao.JournalTables.JournalAkkaSerializationRow;
import akka.serialization.Serialization;
import akka.stream.Materializer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;
import slick.dbio.DBIOAction;
import slick.dbio.Effect;
import slick.dbio.NoStream;
import slick.jdbc.JdbcBackend.DatabaseDef;
import slick.jdbc.JdbcProfile;
import slick.jdbc.SimpleJdbcAction;

/**
 * The journal's writer, which writes the read model's rows in the transaction of the events behind
 * them. Set as {@code jdbc-journal.dao}; the journal makes it, by this constructor.
 *
 * <p>The journal gathers the writes of many entities into one batch. If a batch fails for one of
 * its rows, it is written again in halves, until only the entities whose rows are at fault have
 * failed.
 */
public final class ViewWritingJournalDao extends DefaultJournalDao {

  private static final Logger LOG = LoggerFactory.getLogger(ViewWritingJournalDao.class);

  private final EventsInFlight inFlight;
  private final CommittedEvents committed;

  /** Why writes failed although others of their batch did not, until their writers are told. */
  private final Map<EventsInFlight.Key, Throwable> failures = new ConcurrentHashMap<>();

  public ViewWritingJournalDao(
      DatabaseDef database,
      JdbcProfile profile,
      JournalConfig config,
      Serialization serialization,
      ExecutionContext executionContext,
      Materializer materializer) {
    super(database, profile, config, serialization, executionContext, materializer);
    this.inFlight = new EventsInFlight(serialization);
    this.committed = CommittedEvents.get(serialization.system());
  }

  @Override
  public Future<Seq<Try<BoxedUnit>>> asyncWriteMessages(Seq<AtomicWrite> messages) {
    List<EventsInFlight.Key> keys = inFlight.remember(messages);
    return FutureConverters.asScala(
        FutureConverters.asJava(super.asyncWriteMessages(messages))
            .whenComplete((written, failure) -> inFlight.forget(keys)));
  }

  /** One writer's rows: the batch may have succeeded without them. */
  @Override
  public Future<BoxedUnit> queueWriteJournalRows(
      Seq<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {
    return FutureConverters.asScala(
        FutureConverters.asJava(super.queueWriteJournalRows(rows))
            .thenCompose(
                written -> {
                  Optional<Throwable> failure = takeFailure(rows);
                  return failure.isEmpty()
                      ? CompletableFuture.completedStage(written)
                      : CompletableFuture.failedStage(failure.get());
                }));
  }

  private Optional<Throwable> takeFailure(
      Seq<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {
    return CollectionConverters.asJava(rows).stream()
        .flatMap(
            row -> Optional.ofNullable(failures.remove(EventsInFlight.Key.of(row._1()))).stream())
        .reduce((first, next) -> first);
  }

  /** A batch. Nothing is thrown from here: it would end the stream of writes for ever. */
  @Override
  public Future<BoxedUnit> writeJournalRows(
      Seq<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {
    List<Writer> writers = writersOf(rows);
    CompletionStage<BoxedUnit> stored =
        commit(writers)
            .handle(
                (written, failure) -> {
                  if (failure == null) {
                    return CompletableFuture.completedStage(BoxedUnit.UNIT);
                  }
                  return writers.size() > 1 && WriteFailure.isOfTheRows(failure)
                      ? commitHalves(writers).thenApply(broken -> BoxedUnit.UNIT)
                      : CompletableFuture.<BoxedUnit>failedStage(unwrap(failure));
                })
            .thenCompose(Function.identity());
    return FutureConverters.asScala(stored);
  }

  /** Answers the failure after which nothing more could be written, if it came to that. */
  private CompletionStage<Optional<Throwable>> commitHalves(List<Writer> writers) {
    int half = writers.size() / 2;
    return commitPart(writers.subList(0, half))
        .thenCompose(
            broken -> {
              List<Writer> rest = writers.subList(half, writers.size());
              if (broken.isPresent()) {
                fail(rest, broken.get());
                return CompletableFuture.completedStage(broken);
              }
              return commitPart(rest);
            });
  }

  private CompletionStage<Optional<Throwable>> commitPart(List<Writer> writers) {
    return commit(writers)
        .handle(
            (written, wrapped) -> {
              if (wrapped == null) {
                return CompletableFuture.completedStage(Optional.<Throwable>empty());
              }
              Throwable failure = unwrap(wrapped);
              boolean isOfTheRows = WriteFailure.isOfTheRows(failure);
              if (isOfTheRows && writers.size() > 1) {
                return commitHalves(writers);
              }
              fail(writers, failure);
              return CompletableFuture.completedStage(
                  isOfTheRows ? Optional.<Throwable>empty() : Optional.of(failure));
            })
        .thenCompose(Function.identity());
  }

  private void fail(List<Writer> writers, Throwable failure) {
    for (Writer writer : writers) {
      LOG.warn("events of {} could not be written", writer.persistenceId(), failure);
      writer.rows().forEach(row -> failures.put(EventsInFlight.Key.of(row._1()), failure));
    }
  }

  /** Events and views in one transaction, then the news. */
  private CompletionStage<BoxedUnit> commit(List<Writer> writers) {
    List<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows =
        writers.stream().flatMap(writer -> writer.rows().stream()).toList();
    List<Committed> events = new ArrayList<>();
    return FutureConverters.asJava(run(rows, events))
        .thenApply(
            written -> {
              if (!events.isEmpty()) {
                committed.publish(List.copyOf(events));
              }
              return BoxedUnit.UNIT;
            });
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // Java cannot say that an effect is contravariant
  private Future<BoxedUnit> run(
      List<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows, List<Committed> events) {
    SimpleJdbcAction<BoxedUnit> views =
        new SimpleJdbcAction<>(
            context -> {
              rows.forEach(row -> inFlight.in(row._1()).ifPresent(events::add));
              writeViews(context.connection(), events);
              return BoxedUnit.UNIT;
            });
    DBIOAction<BoxedUnit, NoStream, Effect.Write> both =
        queries().writeJournalRows(CollectionConverters.asScala(rows).toSeq(), ec()).andThen(views);
    DBIOAction inTransaction = profile().api().jdbcActionExtensionMethods(both).transactionally();
    return db().run(inTransaction);
  }

  private static void writeViews(java.sql.Connection connection, List<Committed> events) {
    try {
      Views.write(connection, events);
    } catch (SQLException failure) {
      throw new CompletionException(failure);
    }
  }

  private static List<Writer> writersOf(
      Seq<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {
    Map<String, Writer> writers = new LinkedHashMap<>();
    for (Tuple2<JournalAkkaSerializationRow, Set<String>> row : CollectionConverters.asJava(rows)) {
      String persistenceId = row._1().persistenceId();
      writers
          .computeIfAbsent(persistenceId, id -> new Writer(id, new ArrayList<>()))
          .rows()
          .add(row);
    }
    return List.copyOf(writers.values());
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** What one entity writes in a batch. */
  private record Writer(
      String persistenceId, List<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {}
}

package io.octopus.coordinator.store;

import akka.persistence.jdbc.journal.dao.JournalTables.JournalAkkaSerializationRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events with their rows: one thread, one connection, one transaction for all that waits by
 * then.
 *
 * <p>If a batch fails for one of its rows, it is written again in halves, until only the entities
 * whose rows are at fault have failed.
 */
final class JournalWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

  /** Measured: 1 gives less than half of the events, 2,000 a third. */
  private static final int MOST_ROWS = 400;

  private static final String INSERT =
      """
      INSERT INTO event_journal (persistence_id, sequence_number, deleted, writer, write_timestamp,
        adapter_manifest, event_ser_id, event_ser_manifest, event_payload,
        meta_ser_id, meta_ser_manifest, meta_payload)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final ConnectionSource connections;
  private final EventsInFlight inFlight;
  private final CommittedEvents committed;
  private final Runnable whenBroken;
  private final BlockingQueue<Write> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private @Nullable Connection connection;
  private @Nullable Write next;
  private volatile boolean closed;

  /** Where the one connection comes from. */
  @FunctionalInterface
  interface ConnectionSource {
    Connection open() throws SQLException;
  }

  /** What one entity writes at once. */
  private record Write(List<JournalAkkaSerializationRow> rows, CompletableFuture<Void> done) {}

  /**
   * A writer that begins at once.
   *
   * @param whenBroken called if it ends by an error of the JVM: nothing is written after that
   */
  JournalWriter(
      ConnectionSource connections,
      EventsInFlight inFlight,
      CommittedEvents committed,
      Runnable whenBroken) {
    this.whenBroken = whenBroken;
    this.connections = connections;
    this.inFlight = inFlight;
    this.committed = committed;
    thread = new Thread(this::writeUntilClosed, "octopus-journal");
    thread.setDaemon(true);
    thread.start();
  }

  /** Completes when the rows are on disk, those of the read model too. */
  CompletionStage<Void> write(List<JournalAkkaSerializationRow> rows) {
    var write = new Write(rows, new CompletableFuture<>());
    queue.add(write);
    return write.done();
  }

  private void writeUntilClosed() {
    try {
      while (!closed) {
        var unused = writeAll(nextBatch());
      }
    } catch (InterruptedException toldToEnd) {
      // what was not written is not acknowledged
    } catch (Error broken) {
      LOG.error("the journal cannot be written any more", broken);
      whenBroken.run();
      throw broken;
    } finally {
      closeConnection();
    }
  }

  private List<Write> nextBatch() throws InterruptedException {
    var batch = new ArrayList<Write>();
    var write = next == null ? queue.take() : next;
    int rows = 0;
    while (write != null && (batch.isEmpty() || rows + write.rows().size() <= MOST_ROWS)) {
      batch.add(write);
      rows += write.rows().size();
      write = queue.poll();
    }
    next = write;
    return batch;
  }

  /** Answers the failure after which nothing more can be written, if it came to that. */
  private Optional<Throwable> writeAll(List<Write> batch) {
    try {
      commit(batch);
      batch.forEach(write -> write.done().complete(null));
      return Optional.empty();
    } catch (SQLException | RuntimeException failure) {
      closeConnection();
      boolean isOfTheRows = WriteFailure.isOfTheRows(failure);
      if (isOfTheRows && batch.size() > 1) {
        return writeHalves(batch);
      }
      fail(batch, failure);
      return isOfTheRows ? Optional.empty() : Optional.of(failure);
    }
  }

  private Optional<Throwable> writeHalves(List<Write> batch) {
    int half = batch.size() / 2;
    var rest = batch.subList(half, batch.size());
    var broken = writeAll(batch.subList(0, half));
    if (broken.isPresent()) {
      fail(rest, broken.get());
      return broken;
    }
    return writeAll(rest);
  }

  private static void fail(List<Write> batch, Throwable failure) {
    for (var write : batch) {
      LOG.warn("events of {} could not be written", write.rows().get(0).persistenceId(), failure);
      write.done().completeExceptionally(failure);
    }
  }

  /** Events and views in one transaction, then the news. */
  private void commit(List<Write> batch) throws SQLException {
    var open = connection();
    var events = new ArrayList<Committed>();
    try (var statements = new Statements(open)) {
      for (var write : batch) {
        for (var row : write.rows()) {
          insert(statements, row);
          inFlight.in(row).ifPresent(events::add);
        }
      }
      Views.write(statements, events);
    }
    open.commit();
    if (!events.isEmpty()) {
      committed.publish(List.copyOf(events));
    }
  }

  private static void insert(Statements statements, JournalAkkaSerializationRow row)
      throws SQLException {
    statements.run(
        INSERT,
        row.persistenceId(),
        row.sequenceNumber(),
        row.deleted(),
        row.writer(),
        row.writeTimestamp(),
        row.adapterManifest(),
        row.eventSerId(),
        row.eventSerManifest(),
        row.eventPayload(),
        row.metaSerId().isEmpty() ? null : row.metaSerId().get(),
        row.metaSerManifest().isEmpty() ? null : row.metaSerManifest().get(),
        row.metaPayload().isEmpty() ? null : row.metaPayload().get());
  }

  private Connection connection() throws SQLException {
    var open = connection;
    if (open == null) {
      open = connections.open();
      open.setAutoCommit(false);
      connection = open;
    }
    return open;
  }

  /** Ends an unfinished transaction, whatever state it is in; the next one opens another. */
  private void closeConnection() {
    var open = connection;
    connection = null;
    if (open != null) {
      try (open) {
        open.rollback();
      } catch (SQLException alreadyBroken) {
        // there is nothing left to save of it
      }
    }
  }

  /** What still waits is not written, and not acknowledged. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}

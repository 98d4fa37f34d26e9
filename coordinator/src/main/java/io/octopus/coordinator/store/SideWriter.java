package io.octopus.coordinator.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is not in the journal: one connection, one thread, one short transaction after the
 * other, so that the journal waits for one of them at most.
 */
final class SideWriter implements AutoCloseable {

  private final String url;
  private final ExecutorService thread;
  private @Nullable Connection connection;

  SideWriter(String name, String url) {
    this.url = url;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread created = new Thread(work, "octopus-" + name);
              created.setDaemon(true);
              return created;
            });
  }

  /** Does all of the work or nothing. The work may read before it writes. */
  <T> CompletionStage<T> transaction(Work<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return commit(work);
          } catch (SQLException failure) {
            closeConnection();
            throw new CompletionException(failure);
          }
        },
        thread);
  }

  private <T> T commit(Work<T> work) throws SQLException {
    Connection open = connection();
    // by hand: the driver would take the lock when the last transaction ends, not when this begins
    execute(open, "BEGIN IMMEDIATE");
    boolean isCommitted = false;
    try (Statements statements = new Statements(open)) {
      T answer = work.run(statements, open);
      execute(open, "COMMIT");
      isCommitted = true;
      return answer;
    } finally {
      if (!isCommitted) {
        closeConnection();
      }
    }
  }

  private Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = DriverManager.getConnection(url);
      connection = open;
    }
    return open;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Ends an unfinished transaction, whatever state it is in; the next one opens another. */
  private void closeConnection() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException alreadyBroken) {
        // there is nothing left to save of it
      }
    }
  }

  /** Ends when what was asked before is done, or after five seconds. */
  @Override
  public void close() {
    thread.execute(this::closeConnection);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run(Statements statements, Connection connection) throws SQLException;
  }
}

package io.octopus.coordinator.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Connections that only read, for work on threads that may block. Readers hold up no writer. */
final class ReadPool implements AutoCloseable {

  private final HikariDataSource connections;
  private final Executor blocking;

  ReadPool(Path file, int size, Executor blocking) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("reads-" + file.getFileName());
    config.setJdbcUrl(Sqlite.quick(file));
    // not SQLite's own read-only mode, which cannot set up the files beside the database
    config.setConnectionInitSql("PRAGMA query_only = ON");
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setMaxLifetime(0);
    this.connections = new HikariDataSource(config);
    this.blocking = blocking;
  }

  <T> CompletionStage<T> run(Work<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Connection connection = connections.getConnection()) {
            return work.run(connection);
          } catch (SQLException failure) {
            throw new CompletionException(failure);
          }
        },
        blocking);
  }

  <T> CompletionStage<List<T>> list(
      String sql, Queries.RowReader<T> reader, @Nullable Object... parameters) {
    return run(connection -> Queries.list(connection, sql, reader, parameters));
  }

  <T> CompletionStage<Optional<T>> first(
      String sql, Queries.RowReader<T> reader, @Nullable Object... parameters) {
    return run(connection -> Queries.first(connection, sql, reader, parameters));
  }

  @Override
  public void close() {
    connections.close();
  }

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }
}

package io.octopus.coordinator.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Changes rows over one connection, preparing each statement once. Statements run at once and in
 * order, not in batches: several of them may touch the same row, and batches would save nothing on
 * SQLite.
 */
final class Statements implements AutoCloseable {

  private final Connection connection;
  private static final Map<Shape, String> UPSERTS = new ConcurrentHashMap<>();
  private static final Map<Shape, String> INSERTS = new ConcurrentHashMap<>();

  private final Map<String, KeptStatements.Lease> prepared = new HashMap<>();

  private record Shape(String table, List<String> columns) {

    String upsert() {
      String changes =
          columns.stream()
              .skip(1)
              .map(column -> column + " = excluded." + column)
              .collect(Collectors.joining(", "));
      return "%s ON CONFLICT (%s) DO UPDATE SET %s".formatted(insert(), columns.get(0), changes);
    }

    String insert() {
      String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
      return "INSERT INTO %s (%s) VALUES (%s)".formatted(table, String.join(", ", columns), marks);
    }
  }

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** Inserts the row, or replaces the row with the same id. */
  void upsert(String table, Row row) throws SQLException {
    run(UPSERTS.computeIfAbsent(new Shape(table, row.columns()), Shape::upsert), row.values());
  }

  /** Inserts a row that is not there. */
  void insert(String table, Row row) throws SQLException {
    run(INSERTS.computeIfAbsent(new Shape(table, row.columns()), Shape::insert), row.values());
  }

  /** Runs a statement; answers how many rows it changed. */
  int run(String sql, @Nullable Object... parameters) throws SQLException {
    KeptStatements.Lease lease = prepared.get(sql);
    if (lease == null) {
      lease = KeptStatements.of(connection, sql);
      prepared.put(sql, lease);
    }
    bind(lease.statement(), parameters);
    return lease.statement().executeUpdate();
  }

  static void bind(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, column(parameters[i]));
    }
  }

  /** Times are text; ids, statuses and the like are what they print. */
  private static @Nullable Object column(@Nullable Object value) {
    if (value == null
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof byte[]) {
      return value;
    }
    return value instanceof Instant time ? TimeText.of(time) : value.toString();
  }

  @Override
  public void close() throws SQLException {
    for (KeptStatements.Lease lease : prepared.values()) {
      lease.close();
    }
  }
}

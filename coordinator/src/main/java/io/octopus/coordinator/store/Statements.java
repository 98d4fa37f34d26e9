package io.octopus.coordinator.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Changes rows over one connection, preparing each statement once. Statements run at once and in
 * order, not in batches: several of them may touch the same row, and batches would save nothing on
 * SQLite.
 */
final class Statements implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** Inserts the row, or replaces the row with the same id. */
  void upsert(String table, Row row) throws SQLException {
    String columns = String.join(", ", row.columns());
    String marks = row.columns().stream().map(column -> "?").collect(Collectors.joining(", "));
    String changes =
        row.columns().stream()
            .skip(1)
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
    run(
        "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s"
            .formatted(table, columns, marks, row.key(), changes),
        row.values());
  }

  /** Inserts a row that is not there. */
  void insert(String table, Row row) throws SQLException {
    String columns = String.join(", ", row.columns());
    String marks = row.columns().stream().map(column -> "?").collect(Collectors.joining(", "));
    run("INSERT INTO %s (%s) VALUES (%s)".formatted(table, columns, marks), row.values());
  }

  /** Runs a statement; answers how many rows it changed. */
  int run(String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    bind(statement, parameters);
    return statement.executeUpdate();
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
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
  }
}

package io.octopus.coordinator.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What becomes of one row, found by its {@code id}: later changes go over earlier ones. */
final class RowChange {

  private static final Map<Shape, String> UPDATES = new ConcurrentHashMap<>();

  private final String table;
  private final String id;
  private final boolean isNew;
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  /** What a column gets that depends on what is in the row. */
  private sealed interface Dependent {

    /** An expression of SQL for the column. */
    String sql(String column);

    List<@Nullable Object> parameters();
  }

  /** The value, unless there is one. */
  private record Once(@Nullable Object value) implements Dependent {
    @Override
    public String sql(String column) {
      return "COALESCE(" + column + ", ?)";
    }

    @Override
    public List<@Nullable Object> parameters() {
      return Collections.singletonList(value);
    }
  }

  /** How much the number is above another column's, unless there is a value. */
  private record Since(long number, String other) implements Dependent {
    @Override
    public String sql(String column) {
      return "COALESCE(" + column + ", ? - " + other + ")";
    }

    @Override
    public List<@Nullable Object> parameters() {
      return List.of(number);
    }
  }

  /** The value, if another column has a certain one. */
  private record When(String other, String expected, @Nullable Object value) implements Dependent {
    @Override
    public String sql(String column) {
      return "CASE WHEN " + other + " = ? THEN ? ELSE " + column + " END";
    }

    @Override
    public List<@Nullable Object> parameters() {
      List<@Nullable Object> parameters = new ArrayList<>();
      parameters.add(expected);
      parameters.add(value);
      return parameters;
    }
  }

  private record Shape(String table, List<String> assignments) {
    String update() {
      return "UPDATE " + table + " SET " + String.join(", ", assignments) + " WHERE id = ?";
    }
  }

  private RowChange(String table, String id, boolean isNew) {
    this.table = table;
    this.id = id;
    this.isNew = isNew;
  }

  /** A row that is inserted, or replaces the one with its id. */
  static RowChange inserting(String table, String id) {
    return new RowChange(table, id, true).set("id", id);
  }

  /** A row that is there already, or else is left out. */
  static RowChange updating(String table, String id) {
    return new RowChange(table, id, false);
  }

  RowChange set(String column, @Nullable Object value) {
    values.put(column, value);
    return this;
  }

  /** Sets the column unless it has a value. */
  RowChange setOnce(String column, Object value) {
    if (values.containsKey(column) || isNew) {
      values.putIfAbsent(column, value);
    } else {
      values.put(column, new Once(value));
    }
    return this;
  }

  /** Sets the column to the number less another column's, unless it has a value. */
  RowChange setOnceSince(String column, long number, String other) {
    if (values.get(other) instanceof Number start) {
      return setOnce(column, number - start.longValue());
    }
    values.putIfAbsent(column, new Since(number, other));
    return this;
  }

  /** Whether {@link #setWhen} can follow: one row can wait for one such condition only. */
  boolean takesCondition(String column) {
    return !(values.get(column) instanceof When);
  }

  /** Sets the column if another one has this value. */
  RowChange setWhen(String other, String expected, String column, @Nullable Object value) {
    if (!isNew && !values.containsKey(other)) {
      values.put(column, new When(other, expected, value));
    } else if (expected.equals(String.valueOf(values.get(other)))) {
      values.put(column, value);
    }
    return this;
  }

  void write(Statements statements) throws SQLException {
    if (isNew) {
      var row = new Row();
      values.forEach(row::with);
      statements.upsert(table, row);
      return;
    }
    var shape =
        new Shape(
            table,
            values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + sql(entry.getKey(), entry.getValue()))
                .toList());
    List<@Nullable Object> parameters = new ArrayList<>();
    values.values().forEach(value -> parameters.addAll(parameters(value)));
    parameters.add(id);
    statements.run(UPDATES.computeIfAbsent(shape, Shape::update), parameters.toArray());
  }

  private static String sql(String column, @Nullable Object value) {
    return value instanceof Dependent dependent ? dependent.sql(column) : "?";
  }

  private static List<@Nullable Object> parameters(@Nullable Object value) {
    return value instanceof Dependent dependent
        ? dependent.parameters()
        : Collections.singletonList(value);
  }
}

package io.octopus.coordinator.store;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers what several events change in a row, so that each row is written once: an event's rows
 * cost more than the event, and a thousand events of one run change its row a thousand times.
 */
final class RowChanges {

  private static final int MOST_GATHERED = 1000;

  private final Statements statements;
  private final Map<Key, RowChange> changes = new LinkedHashMap<>();

  private record Key(String table, String id) {}

  RowChanges(Statements statements) {
    this.statements = statements;
  }

  /** A row that is inserted, or replaces the one with its id. */
  RowChange insert(String table, Object id) throws SQLException {
    write(new Key(table, id.toString()));
    return gather(new Key(table, id.toString()), RowChange.inserting(table, id.toString()));
  }

  /** A row that is there already. */
  RowChange update(String table, Object id) throws SQLException {
    Key key = new Key(table, id.toString());
    RowChange known = changes.get(key);
    return known != null ? known : gather(key, RowChange.updating(table, id.toString()));
  }

  /** As {@link #update}, for a change of this column that depends on another one. */
  RowChange updateWhen(String table, Object id, String column) throws SQLException {
    RowChange known = update(table, id);
    if (known.takesCondition(column)) {
      return known;
    }
    write(new Key(table, id.toString()));
    return update(table, id);
  }

  private RowChange gather(Key key, RowChange change) throws SQLException {
    if (changes.size() >= MOST_GATHERED) {
      flush();
    }
    changes.put(key, change);
    return change;
  }

  private void write(Key key) throws SQLException {
    RowChange change = changes.remove(key);
    if (change != null) {
      change.write(statements);
    }
  }

  /** For statements that find all rows as the events before have left them. */
  Statements now() throws SQLException {
    flush();
    return statements;
  }

  /** Writes what was gathered. */
  void flush() throws SQLException {
    for (RowChange change : changes.values()) {
      change.write(statements);
    }
    changes.clear();
  }
}

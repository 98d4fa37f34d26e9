package io.octopus.coordinator.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Statements that stay prepared while their connection is open: SQLite plans a statement each time
 * it is prepared, which takes longer than to run a small one. Other databases' drivers keep plans
 * by themselves.
 */
final class KeptStatements {

  private static final int KEPT_OF_A_CONNECTION = 100;

  /** Connections are used by one thread at a time, and so is what is kept for one. */
  private static final Map<SQLiteConnection, Idle> IDLE = new HashMap<>();

  private KeptStatements() {}

  /** Nobody else gets the statement before this is closed. */
  record Lease(PreparedStatement statement, String sql, @Nullable Idle idle)
      implements AutoCloseable {

    @Override
    public void close() throws SQLException {
      if (idle == null) {
        statement.close();
      } else {
        statement.clearParameters();
        idle.keep(sql, statement);
      }
    }
  }

  private static final class Idle extends LinkedHashMap<String, PreparedStatement> {

    private static final long serialVersionUID = 1;

    void keep(String sql, PreparedStatement statement) throws SQLException {
      var other = put(sql, statement);
      if (other != null) {
        other.close();
      } else if (size() > KEPT_OF_A_CONNECTION) {
        remove(keySet().iterator().next()).close();
      }
    }
  }

  static Lease of(Connection connection, String sql) throws SQLException {
    if (!connection.isWrapperFor(SQLiteConnection.class)) {
      return new Lease(connection.prepareStatement(sql), sql, null);
    }
    // the pool's proxy would close its statements when the connection goes back
    var bare = connection.unwrap(SQLiteConnection.class);
    var idle = idleOf(bare);
    var kept = idle.remove(sql);
    return new Lease(kept == null ? bare.prepareStatement(sql) : kept, sql, idle);
  }

  private static Idle idleOf(SQLiteConnection connection) throws SQLException {
    synchronized (IDLE) {
      var idle = IDLE.get(connection);
      if (idle == null) {
        for (var others = IDLE.keySet().iterator(); others.hasNext(); ) {
          if (others.next().isClosed()) {
            others.remove();
          }
        }
        idle = new Idle();
        IDLE.put(connection, idle);
      }
      return idle;
    }
  }
}

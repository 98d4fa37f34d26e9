package io.octopus.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Watches the read model from outside until work is final, as a report over the database would. */
final class FinalRows implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long GLANCE_NANOS = 200_000;

  private final Connection database;

  FinalRows(Path data) throws SQLException {
    database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("octopus.db"));
  }

  /** How many executions are final. */
  long count() throws SQLException {
    try (var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*) FROM executions WHERE finished_at IS NOT NULL")) {
      return rows.getLong(1);
    }
  }

  /** Waits until so many executions are final, once all of them have been accepted. */
  void await(long wanted) throws SQLException, InterruptedException {
    awaitAll();
    expect(wanted);
  }

  /** Waits until an execution is completed; answers its result. */
  String awaitResult(String execution) throws SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var one =
        database.prepareStatement("SELECT status, result FROM executions WHERE id = ?")) {
      one.setString(1, execution);
      while (System.nanoTime() < deadline) {
        try (var row = one.executeQuery()) {
          if (row.next() && row.getString(1).equals("Completed")) {
            return row.getString(2);
          }
        }
        LockSupport.parkNanos(GLANCE_NANOS);
      }
    }
    throw new IllegalStateException(execution + " did not complete");
  }

  /** Waits until all that have been accepted are final. */
  void awaitAll() throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (anyIsUnfinished()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("only " + count() + " became final");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** Counts what is final, which takes its time when it is much. */
  void expect(long wanted) throws SQLException {
    if (count() != wanted) {
      throw new IllegalStateException(count() + " are final, not " + wanted);
    }
  }

  /** Costs the same however many are final, so that watching does not disturb. */
  private boolean anyIsUnfinished() throws SQLException {
    try (var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT EXISTS (SELECT 1 FROM executions WHERE status IN ('Pending',"
                    + " 'Running'))")) {
      return rows.getBoolean(1);
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}

package io.octopus.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Watches the read model from outside until work is final, as a report over the database would. */
final class FinalRows implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

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

  void await(long wanted) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (count() < wanted) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("only " + count() + " of " + wanted + " became final");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}

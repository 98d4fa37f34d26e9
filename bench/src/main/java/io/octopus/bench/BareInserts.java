package io.octopus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The limit: rows as large as events, written by JDBC into SQLite with an fsync per commit, and
 * nothing else.
 */
final class BareInserts implements AutoCloseable {

  private static final byte[] EVENT = new byte[400];

  private final Path file;
  private final Connection database;
  private long number;

  BareInserts() throws IOException, SQLException {
    file = Files.createTempFile("octopus-bench", ".db");
    database =
        DriverManager.getConnection(
            "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000");
    try (var statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE events (ordering INTEGER PRIMARY KEY AUTOINCREMENT, persistence_id TEXT NOT"
              + " NULL, sequence_number INTEGER NOT NULL, payload BLOB NOT NULL, UNIQUE"
              + " (persistence_id, sequence_number))");
    }
    database.setAutoCommit(false);
  }

  void write(int rows, int perCommit) throws SQLException {
    try (var insert =
        database.prepareStatement(
            "INSERT INTO events (persistence_id, sequence_number, payload) VALUES (?, ?, ?)")) {
      for (int n = 1; n <= rows; n++) {
        insert.setString(1, "Task|" + number);
        insert.setLong(2, number++);
        insert.setBytes(3, EVENT);
        insert.addBatch();
        if (n % perCommit == 0 || n == rows) {
          insert.executeBatch();
          database.commit();
        }
      }
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    database.close();
    Files.deleteIfExists(file);
    Files.deleteIfExists(Path.of(file + "-wal"));
    Files.deleteIfExists(Path.of(file + "-shm"));
  }
}

package io.octopus.coordinator.store;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.work.AttemptFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Attempts' files in two tables of the same shape, whichever they are: a row for each file and one
 * for each piece of it. A file is there when all of it is and fits its hash.
 */
final class FileRows {

  private final String state;
  private final String remember;
  private final String insert;
  private final String forgetFile;
  private final String forgetPieces;
  private final String pieces;
  private final String forgetFilesOf;
  private final String forgetPiecesOf;

  FileRows(String files, String chunks) {
    String one = " WHERE execution_id = ? AND attempt = ? AND name = ?";
    state = "SELECT size, sha256, up_to FROM " + files + one;
    remember =
        "INSERT INTO "
            + files
            + " (execution_id, attempt, name, size, sha256, up_to) VALUES (?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (execution_id, attempt, name) DO UPDATE SET up_to = excluded.up_to";
    insert =
        "INSERT INTO "
            + chunks
            + " (execution_id, attempt, name, start, bytes) VALUES (?, ?, ?, ?, ?)";
    forgetFile = "DELETE FROM " + files + one;
    forgetPieces = "DELETE FROM " + chunks + one;
    pieces = "SELECT bytes FROM " + chunks + one + " AND start = ?";
    forgetFilesOf = "DELETE FROM " + files + " WHERE execution_id = ?";
    forgetPiecesOf = "DELETE FROM " + chunks + " WHERE execution_id = ?";
  }

  /** What is known of a file. */
  record State(long size, String sha256, long upTo) {

    boolean isOf(AttemptFile file) {
      return size == file.size() && sha256.equals(file.sha256());
    }

    boolean isWhole() {
      return upTo == size;
    }
  }

  Optional<State> state(Connection connection, AttemptId attempt, String name) throws SQLException {
    return Queries.first(
        connection,
        state,
        row -> new State(row.getLong("size"), row.getString("sha256"), row.getLong("up_to")),
        attempt.execution(),
        attempt.number(),
        name);
  }

  boolean isThere(Connection connection, AttemptId attempt, AttemptFile file) throws SQLException {
    return state(connection, attempt, file.name())
        .filter(known -> known.isOf(file) && known.isWhole())
        .isPresent();
  }

  /**
   * Adds a piece. What is there already is passed over, and what would leave a gap is not taken.
   *
   * @return up to where the file is there; 0 again when what came does not fit its hash
   */
  long append(
      Statements statements,
      Connection connection,
      AttemptId attempt,
      AttemptFile file,
      long offset,
      byte[] bytes)
      throws SQLException {
    Optional<State> known = state(connection, attempt, file.name());
    if (known.isPresent() && !known.get().isOf(file)) {
      forget(statements, attempt, file.name());
      known = Optional.empty();
    }
    long upTo = known.map(State::upTo).orElse(0L);
    boolean isDone = known.filter(State::isWhole).isPresent();
    if (isDone || offset != upTo || upTo + bytes.length > file.size()) {
      return upTo;
    }
    if (bytes.length > 0) {
      statements.run(insert, attempt.execution(), attempt.number(), file.name(), upTo, bytes);
    }
    long end = upTo + bytes.length;
    if (end == file.size() && !hash(connection, attempt, file, end).equals(file.sha256())) {
      forget(statements, attempt, file.name());
      return 0;
    }
    statements.run(
        remember,
        attempt.execution(),
        attempt.number(),
        file.name(),
        file.size(),
        file.sha256(),
        end);
    return end;
  }

  /** The piece that starts here; empty at the end. */
  byte[] piece(Connection connection, AttemptId attempt, String name, long start)
      throws SQLException {
    return Queries.first(
            connection,
            pieces,
            row -> row.getBytes("bytes"),
            attempt.execution(),
            attempt.number(),
            name,
            start)
        .orElseGet(() -> new byte[0]);
  }

  void forget(Statements statements, AttemptId attempt, String name) throws SQLException {
    statements.run(forgetPieces, attempt.execution(), attempt.number(), name);
    statements.run(forgetFile, attempt.execution(), attempt.number(), name);
  }

  /** All files of an execution. */
  void forget(Statements statements, ExecutionId execution) throws SQLException {
    statements.run(forgetPiecesOf, execution);
    statements.run(forgetFilesOf, execution);
  }

  private String hash(Connection connection, AttemptId attempt, AttemptFile file, long end)
      throws SQLException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (long start = 0; start < end; ) {
        byte[] piece = piece(connection, attempt, file.name(), start);
        if (piece.length == 0) {
          return "a piece is missing";
        }
        digest.update(piece);
        start += piece.length;
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}

package io.octopus.coordinator.store;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.work.AttemptFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Files that plugins left, beside their output. Kept are those of an execution's latest attempt
 * that left any, so that retries do not multiply them.
 */
public final class ArtefactStore {

  static final FileRows ROWS = new FileRows("artefacts", "artefact_chunks");

  private static final String LATEST = "SELECT MAX(attempt) FROM artefacts WHERE execution_id = ?";

  private static final String NAMES_OF_OTHERS =
      "SELECT attempt, name FROM artefacts WHERE execution_id = ? AND attempt < ?";

  private static final String LIST =
      """
      SELECT name, size, sha256, attempt FROM artefacts
      WHERE execution_id = ? AND up_to = size AND attempt =
        (SELECT MAX(attempt) FROM artefacts WHERE execution_id = ? AND up_to = size)
      ORDER BY name
      """;

  private final ReadPool reads;
  private final SideWriter writer;

  ArtefactStore(ReadPool reads, SideWriter writer) {
    this.reads = reads;
    this.writer = writer;
  }

  /**
   * A file that an execution left.
   *
   * @param attempt the attempt that left it
   */
  public record Artefact(AttemptId attempt, String name, long size, String sha256) {}

  /**
   * Stores the next piece.
   *
   * @return up to where the file is stored, or need not be stored any more
   */
  public CompletionStage<Long> append(
      AttemptId attempt, AttemptFile file, long offset, byte[] bytes) {
    return writer.transaction(
        (statements, connection) -> {
          int latest =
              Queries.first(connection, LATEST, row -> row.getInt(1), attempt.execution())
                  .orElse(0);
          if (attempt.number() < latest) {
            return file.size();
          }
          if (attempt.number() > latest) {
            forgetBefore(statements, connection, attempt);
          }
          return ROWS.append(statements, connection, attempt, file, offset, bytes);
        });
  }

  private static void forgetBefore(Statements statements, Connection connection, AttemptId attempt)
      throws SQLException {
    List<Artefact> others =
        Queries.list(
            connection,
            NAMES_OF_OTHERS,
            row ->
                new Artefact(
                    new AttemptId(attempt.execution(), row.getInt("attempt")),
                    row.getString("name"),
                    0,
                    ""),
            attempt.execution(),
            attempt.number());
    for (Artefact other : others) {
      ROWS.forget(statements, other.attempt(), other.name());
    }
  }

  /** The files of an execution, by name. */
  public CompletionStage<List<Artefact>> of(ExecutionId execution) {
    return reads.run(connection -> list(connection, execution));
  }

  private static List<Artefact> list(Connection connection, ExecutionId execution)
      throws SQLException {
    return Queries.list(
        connection,
        LIST,
        row ->
            new Artefact(
                new AttemptId(execution, row.getInt("attempt")),
                row.getString("name"),
                row.getLong("size"),
                row.getString("sha256")),
        execution,
        execution);
  }

  /** The piece of a file that starts here; empty at its end. */
  public CompletionStage<byte[]> piece(Artefact artefact, long start) {
    return reads.run(
        connection -> ROWS.piece(connection, artefact.attempt(), artefact.name(), start));
  }
}

package io.octopus.coordinator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.OutputChunk;
import java.sql.Connection;
import java.sql.SQLException;

/** Adds to one attempt's output within one transaction. */
final class OutputAppender {

  static final String MARK =
      "\n[the output was cut here: its limit for one execution is reached]\n";

  private static final String STATE =
      "SELECT up_to, kept, is_cut FROM output_attempts WHERE execution_id = ? AND attempt = ?";

  private static final String KEPT_OF_ALL =
      "SELECT COALESCE(SUM(kept), 0) FROM output_attempts WHERE execution_id = ?";

  private static final String INSERT =
      """
      INSERT INTO output_chunks (execution_id, attempt, start, size, stream, level, at, text)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String REMEMBER =
      """
      INSERT INTO output_attempts (execution_id, attempt, up_to, kept, is_cut)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (execution_id, attempt) DO UPDATE
        SET up_to = excluded.up_to, kept = excluded.kept, is_cut = excluded.is_cut
      """;

  private final Statements statements;
  private final AttemptId attempt;
  private final long room;
  private long upTo;
  private long kept;
  private boolean isCut;

  private OutputAppender(
      Statements statements, AttemptId attempt, long room, long upTo, long kept, boolean isCut) {
    this.statements = statements;
    this.attempt = attempt;
    this.room = room;
    this.upTo = upTo;
    this.kept = kept;
    this.isCut = isCut;
  }

  static OutputAppender open(
      Connection connection, Statements statements, AttemptId attempt, long maxBytes)
      throws SQLException {
    long keptOfAll =
        Queries.first(connection, KEPT_OF_ALL, row -> row.getLong(1), attempt.execution())
            .orElse(0L);
    return Queries.first(
            connection,
            STATE,
            row ->
                new OutputAppender(
                    statements,
                    attempt,
                    maxBytes - (keptOfAll - row.getLong("kept")),
                    row.getLong("up_to"),
                    row.getLong("kept"),
                    row.getBoolean("is_cut")),
            attempt.execution(),
            attempt.number())
        .orElseGet(
            () -> new OutputAppender(statements, attempt, maxBytes - keptOfAll, 0, 0, false));
  }

  /** What was stored before is passed over; what would leave a gap is not taken. */
  void append(OutputChunk chunk) throws SQLException {
    long size = chunk.text().getBytes(UTF_8).length;
    if (chunk.offset() > upTo || chunk.offset() + size <= upTo) {
      return;
    }
    String text = Utf8.slice(chunk.text(), upTo - chunk.offset(), size).text();
    upTo = chunk.offset() + size;
    if (!isCut) {
      keep(chunk, text);
    }
  }

  private void keep(OutputChunk chunk, String text) throws SQLException {
    String fitting = Utf8.slice(text, 0, Math.max(0, room - kept)).text();
    insert(chunk, fitting);
    if (fitting.length() < text.length()) {
      isCut = true;
      insert(chunk, MARK);
    }
  }

  private void insert(OutputChunk chunk, String text) throws SQLException {
    long size = text.getBytes(UTF_8).length;
    if (size == 0) {
      return;
    }
    statements.run(
        INSERT,
        attempt.execution(),
        attempt.number(),
        kept,
        size,
        chunk.stream(),
        chunk.level(),
        chunk.at(),
        text);
    kept += size;
  }

  /** Answers up to where the attempt's output is taken. */
  long finish() throws SQLException {
    if (upTo > 0) {
      statements.run(REMEMBER, attempt.execution(), attempt.number(), upTo, kept, isCut);
    }
    return upTo;
  }
}

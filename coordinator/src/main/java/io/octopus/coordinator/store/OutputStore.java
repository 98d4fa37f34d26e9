package io.octopus.coordinator.store;

import akka.Done;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.work.OutputChunk;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What executions print, in a file of its own so that a flood of it never delays the journal. Kept
 * up to 4 MiB per execution, with a mark where it was cut.
 */
public final class OutputStore implements Retention.Belongings {

  static final long MAX_BYTES = 4L * 1024 * 1024;

  private static final String LATEST =
      "SELECT MAX(attempt) FROM output_attempts WHERE execution_id = ?";

  private static final String KEPT =
      "SELECT kept FROM output_attempts WHERE execution_id = ? AND attempt = ?";

  private static final String CHUNKS =
      """
      SELECT start, size, text FROM output_chunks
      WHERE execution_id = ? AND attempt = ? AND start + size > ? AND start < ? AND size > 0
        AND start >= COALESCE((SELECT MAX(start) FROM output_chunks
          WHERE execution_id = ? AND attempt = ? AND start <= ?), 0)
      ORDER BY start
      """;

  private static final String FORGET_CHUNKS =
      """
      DELETE FROM output_chunks WHERE (execution_id, attempt, start) IN (
        SELECT execution_id, attempt, start FROM output_chunks WHERE execution_id = ? LIMIT ?)
      """;

  private final ReadPool reads;
  private final SideWriter writer;
  private final long maxBytes;

  OutputStore(ReadPool reads, SideWriter writer, long maxBytes) {
    this.reads = reads;
    this.writer = writer;
    this.maxBytes = maxBytes;
  }

  /**
   * Stores what is not stored yet. Answers the offset up to which the attempt's output is there
   * without a gap; what comes after it must be sent again.
   */
  public CompletionStage<Long> append(AttemptId attempt, List<OutputChunk> chunks) {
    List<OutputChunk> sent = List.copyOf(chunks);
    return writer.transaction(
        (statements, connection) -> {
          OutputAppender appender = OutputAppender.open(connection, statements, attempt, maxBytes);
          for (OutputChunk chunk : sent) {
            appender.append(chunk);
          }
          return appender.finish();
        });
  }

  /**
   * Reads on from an offset in bytes.
   *
   * @param attempt which attempt; null for the latest with output
   * @param limit at most so many bytes; whole characters are answered
   */
  public CompletionStage<OutputPiece> read(
      ExecutionId execution, @Nullable Integer attempt, long offset, int limit) {
    return reads.run(
        connection -> {
          int number = attempt == null ? latest(connection, execution) : attempt;
          return read(connection, execution, number, Math.max(0, offset), limit);
        });
  }

  /** Reads the last lines, of at most so many bytes. */
  public CompletionStage<OutputPiece> tail(
      ExecutionId execution, @Nullable Integer attempt, int lines, int limit) {
    return reads.run(
        connection -> {
          int number = attempt == null ? latest(connection, execution) : attempt;
          long kept =
              Queries.first(connection, KEPT, row -> row.getLong(1), execution, number).orElse(0L);
          OutputPiece end = read(connection, execution, number, Math.max(0, kept - limit), limit);
          return new OutputPiece(number, Utf8.lastLines(end.text(), lines), end.nextOffset());
        });
  }

  /** Takes away what these executions printed, some of it at a time. */
  @Override
  public CompletionStage<Done> forget(List<ExecutionId> executions) {
    CompletionStage<Done> forgotten = CompletableFuture.completedStage(Done.getInstance());
    for (ExecutionId execution : executions) {
      forgotten = forgotten.thenCompose(done -> forget(execution));
    }
    return forgotten;
  }

  private CompletionStage<Done> forget(ExecutionId execution) {
    return writer
        .transaction(
            (statements, connection) -> {
              int taken = statements.run(FORGET_CHUNKS, execution, Retention.BATCH);
              if (taken < Retention.BATCH) {
                statements.run("DELETE FROM output_attempts WHERE execution_id = ?", execution);
              }
              return taken;
            })
        .thenCompose(
            taken ->
                taken < Retention.BATCH
                    ? CompletableFuture.completedStage(Done.getInstance())
                    : forget(execution));
  }

  private static int latest(Connection connection, ExecutionId execution) throws SQLException {
    Optional<Integer> latest = Queries.first(connection, LATEST, row -> row.getInt(1), execution);
    return latest.orElse(0);
  }

  private static OutputPiece read(
      Connection connection, ExecutionId execution, int attempt, long offset, int limit)
      throws SQLException {
    List<Chunk> chunks =
        Queries.list(
            connection,
            CHUNKS,
            row -> new Chunk(row.getLong("start"), row.getString("text")),
            execution,
            attempt,
            offset,
            offset + limit,
            execution,
            attempt,
            offset);
    if (chunks.isEmpty()) {
      return new OutputPiece(attempt, "", offset);
    }
    StringBuilder text = new StringBuilder();
    chunks.forEach(chunk -> text.append(chunk.text()));
    long start = chunks.get(0).start();
    Utf8.Slice slice = Utf8.slice(text.toString(), offset - start, limit);
    return new OutputPiece(attempt, slice.text(), start + slice.end());
  }

  private record Chunk(long start, String text) {}

  /**
   * Some output.
   *
   * @param attempt the attempt it is of; 0 when there is no output yet
   * @param nextOffset where to read on
   */
  public record OutputPiece(int attempt, String text, long nextOffset) {}
}

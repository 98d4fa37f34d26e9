package io.octopus.coordinator.store;

import akka.Done;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.work.OutputChunk;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What executions print, in a file of its own so that a flood of it never delays the journal.
 * Workers cut what is too much; this limit of all attempts of an execution only protects the disk.
 */
public final class OutputStore implements Retention.Belongings {

  static final long MAX_BYTES = 64L * 1024 * 1024;

  private static final String LATEST =
      "SELECT MAX(attempt) FROM output_attempts WHERE execution_id = ?";

  private static final String KEPT =
      "SELECT kept FROM output_attempts WHERE execution_id = ? AND attempt = ?";

  private static final String CHUNKS =
      """
      SELECT start, size, stream, level, at, text FROM output_chunks
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
  private final OutputNews news;

  OutputStore(ReadPool reads, SideWriter writer, long maxBytes, OutputNews news) {
    this.reads = reads;
    this.writer = writer;
    this.maxBytes = maxBytes;
    this.news = news;
  }

  /**
   * Stores what is not stored yet. Answers the offset up to which the attempt's output is there
   * without a gap; what comes after it must be sent again.
   */
  public CompletionStage<Long> append(AttemptId attempt, List<OutputChunk> chunks) {
    List<OutputChunk> sent = List.copyOf(chunks);
    return writer
        .transaction(
            (statements, connection) -> {
              OutputAppender appender =
                  OutputAppender.open(connection, statements, attempt, maxBytes);
              for (OutputChunk chunk : sent) {
                appender.append(chunk);
              }
              return appender.finish();
            })
        .whenComplete((upTo, failure) -> news.stored(attempt.execution()));
  }

  /**
   * Completes when there may be more output of an execution, at the latest after this time. To be
   * asked for before reading.
   */
  public CompletionStage<Done> news(ExecutionId execution, Duration atMost) {
    return news.next(execution, atMost);
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
                ArtefactStore.ROWS.forget(statements, execution);
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

  /**
   * Reads on from an offset in bytes, with where and when each part was written.
   *
   * @param attempt which attempt; null for the latest with output
   * @param limit about so many bytes, in whole parts after the first
   */
  public CompletionStage<OutputParts> parts(
      ExecutionId execution, @Nullable Integer attempt, long offset, int limit) {
    return reads.run(
        connection -> {
          int number = attempt == null ? latest(connection, execution) : attempt;
          List<OutputPart> parts = new ArrayList<>();
          for (Chunk chunk : chunks(connection, execution, number, offset, limit)) {
            long from = Math.max(0, offset - chunk.start());
            Utf8.Slice slice = Utf8.slice(chunk.text(), from, Integer.MAX_VALUE);
            parts.add(
                new OutputPart(
                    chunk.stream(),
                    chunk.level(),
                    chunk.at(),
                    slice.text(),
                    chunk.start() + slice.end()));
          }
          return new OutputParts(number, parts);
        });
  }

  private static List<Chunk> chunks(
      Connection connection, ExecutionId execution, int attempt, long offset, int limit)
      throws SQLException {
    return Queries.list(
        connection,
        CHUNKS,
        row ->
            new Chunk(
                row.getLong("start"),
                row.getString("stream"),
                row.getString("level"),
                row.getString("at"),
                row.getString("text")),
        execution,
        attempt,
        offset,
        offset + limit,
        execution,
        attempt,
        offset);
  }

  private static OutputPiece read(
      Connection connection, ExecutionId execution, int attempt, long offset, int limit)
      throws SQLException {
    List<Chunk> chunks = chunks(connection, execution, attempt, offset, limit);
    if (chunks.isEmpty()) {
      return new OutputPiece(attempt, "", offset);
    }
    StringBuilder text = new StringBuilder();
    chunks.forEach(chunk -> text.append(chunk.text()));
    long start = chunks.get(0).start();
    Utf8.Slice slice = Utf8.slice(text.toString(), offset - start, limit);
    return new OutputPiece(attempt, slice.text(), start + slice.end());
  }

  private record Chunk(long start, String stream, @Nullable String level, String at, String text) {}

  /**
   * What was written at once.
   *
   * @param stream stdout, stderr or log
   * @param level of a log record
   * @param at when, as the API shows times
   * @param nextOffset where to read on
   */
  public record OutputPart(
      String stream, @Nullable String level, String at, String text, long nextOffset) {}

  /**
   * Some output, part by part.
   *
   * @param attempt the attempt it is of; 0 when there is no output yet
   */
  public record OutputParts(int attempt, List<OutputPart> parts) {

    public OutputParts {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Some output.
   *
   * @param attempt the attempt it is of; 0 when there is no output yet
   * @param nextOffset where to read on
   */
  public record OutputPiece(int attempt, String text, long nextOffset) {}
}

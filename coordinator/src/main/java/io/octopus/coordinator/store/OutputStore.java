package io.octopus.coordinator.store;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.work.OutputChunk;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What executions print, in a file of its own so that a flood of it never delays the journal. Kept
 * up to 4 MiB per execution, with a mark where it was cut.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class OutputStore {

  /**
   * Stores what is not stored yet. Answers the offset up to which the attempt's output is there
   * without a gap; what comes after it must be sent again.
   */
  public CompletionStage<Long> append(AttemptId attempt, List<OutputChunk> chunks) {
    throw new UnsupportedOperationException("not built yet: " + attempt + chunks);
  }

  /**
   * Reads on from an offset in bytes.
   *
   * @param attempt which attempt; null for the latest with output
   * @param limit at most so many bytes; whole characters are answered
   */
  public CompletionStage<OutputPiece> read(
      ExecutionId execution, @Nullable Integer attempt, long offset, int limit) {
    throw new UnsupportedOperationException(
        "not built yet: " + execution + attempt + offset + limit);
  }

  /** Reads the last lines, of at most so many bytes. */
  public CompletionStage<OutputPiece> tail(
      ExecutionId execution, @Nullable Integer attempt, int lines, int limit) {
    throw new UnsupportedOperationException(
        "not built yet: " + execution + attempt + lines + limit);
  }

  /**
   * Some output.
   *
   * @param attempt the attempt it is of; 0 when there is no output yet
   * @param nextOffset where to read on
   */
  public record OutputPiece(int attempt, String text, long nextOffset) {}
}

package io.octopus.coordinator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import akka.Done;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.work.AttemptFile;
import io.octopus.protocol.work.StoredResult;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Results that are too large for an event. Primary data: the event that ended the attempt only
 * refers to them, so they are on the disk before it is written.
 */
public final class ResultStore implements Retention.Belongings {

  static final FileRows ROWS = new FileRows("results", "result_chunks");

  private final ReadPool reads;
  private final SideWriter quick;
  private final SideWriter durable;

  ResultStore(ReadPool reads, SideWriter quick, SideWriter durable) {
    this.reads = reads;
    this.quick = quick;
    this.durable = durable;
  }

  /**
   * Stores the next piece. The last one's commit is durable, and with it those before.
   *
   * @return up to where the result is stored
   */
  public CompletionStage<Long> append(
      AttemptId attempt, AttemptFile file, long offset, byte[] bytes) {
    SideWriter writer = offset + bytes.length >= file.size() ? durable : quick;
    return writer.transaction(
        (statements, connection) ->
            ROWS.append(statements, connection, attempt, file, offset, bytes));
  }

  /** Whether all of it is stored. */
  public CompletionStage<Boolean> has(AttemptId attempt, StoredResult result) {
    return reads.run(connection -> ROWS.isThere(connection, attempt, result.file()));
  }

  /** The JSON text of an attempt's result, if all of it is here. */
  static Optional<String> text(Connection connection, AttemptId attempt) throws SQLException {
    String name = AttemptFile.RESULT_NAME;
    Optional<FileRows.State> state = ROWS.state(connection, attempt, name);
    if (state.filter(FileRows.State::isWhole).isEmpty()) {
      return Optional.empty();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream(Math.toIntExact(state.get().size()));
    while (all.size() < state.get().size()) {
      byte[] piece = ROWS.piece(connection, attempt, name, all.size());
      if (piece.length == 0) {
        return Optional.empty();
      }
      all.writeBytes(piece);
    }
    return Optional.of(all.toString(UTF_8));
  }

  @Override
  public CompletionStage<Done> forget(List<ExecutionId> executions) {
    List<ExecutionId> gone = List.copyOf(executions);
    return quick.transaction(
        (statements, connection) -> {
          for (ExecutionId execution : gone) {
            ROWS.forget(statements, execution);
          }
          return Done.getInstance();
        });
  }
}

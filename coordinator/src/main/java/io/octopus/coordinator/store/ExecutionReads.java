package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads executions as the API shows them. */
final class ExecutionReads {

  private static final int MAX_RESULT_IN_A_LIST = 64 * 1024;

  private static final String COLUMNS =
      """
      e.id, e.task_id, e.run_id, e.plugin, e.action, e.client, e.status, e.attempt, e.attempts,
      e.fire_time, e.created_at, e.started_at, e.finished_at, e.duration_ms, e.wait_ms, e.message,
      e.error, e.reason, e.progress,
      """;

  private static final String ONE =
      "SELECT "
          + COLUMNS
          + " e.result, e.result_size IS NOT NULL AS result_omitted"
          + " FROM executions e WHERE e.id = ?";

  private static final String STORED_RESULT =
      "SELECT attempt FROM executions WHERE id = ? AND result_size IS NOT NULL";

  private static final String LIST =
      """
      SELECT %1$s
        CASE WHEN octet_length(e.result) > %2$d THEN NULL ELSE e.result END AS result,
        COALESCE(octet_length(e.result) > %2$d, e.result_size IS NOT NULL) AS result_omitted
      FROM executions e
      """
          .formatted(COLUMNS, MAX_RESULT_IN_A_LIST);

  private ExecutionReads() {}

  static Optional<ObjectNode> one(Connection connection, ExecutionId id) throws SQLException {
    return Queries.first(connection, ONE, ExecutionReads::json, id);
  }

  /** The text of a result that is not in the execution's row. */
  static Optional<String> storedResult(Connection connection, ExecutionId id) throws SQLException {
    Optional<Integer> attempt =
        Queries.first(connection, STORED_RESULT, row -> row.getInt("attempt"), id);
    return attempt.isEmpty()
        ? Optional.empty()
        : ResultStore.text(connection, new AttemptId(id, attempt.get())).map(JsonText::asJson);
  }

  static Page page(Connection connection, ExecutionFilter filter, PageRequest page)
      throws SQLException {
    boolean isNarrow = filter.taskId() != null || filter.runId() != null;
    return Page.ofAny(
        filter.status(),
        page.limit(),
        status -> newest(connection, where(filter, isNarrow, status), page));
  }

  private static List<ObjectNode> newest(Connection connection, Where where, PageRequest page)
      throws SQLException {
    String sql = LIST + where.page("e", page);
    return Queries.list(connection, sql, ExecutionReads::json, where.parameters());
  }

  private static Where where(ExecutionFilter filter, boolean isNarrow, @Nullable String status) {
    return new Where()
        .given(filter.taskId(), "e.task_id = ?")
        .given(filter.runId(), "e.run_id = ?")
        .given(filter.client(), "e.client = ?")
        .given(status, Where.equal("e.status", !isNarrow))
        .given(filter.since(), "e.created_at >= ?")
        .given(filter.until(), "e.created_at < ?");
  }

  private static ObjectNode json(ResultSet row) throws SQLException {
    return new RowJson(row)
        .text("id", "task_id", "run_id")
        .json("plugin")
        .text("action", "client", "status")
        .number("attempt")
        .json("attempts")
        .text("fire_time", "created_at", "started_at", "finished_at")
        .number("duration_ms", "wait_ms")
        .json("result")
        .text("message")
        .json("error")
        .text("reason")
        .json("progress")
        .flag("result_omitted")
        .object();
  }
}

package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.task.RunStatus;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads tasks as the API shows them. */
final class TaskReads {

  /** The last run's figures move without the task's row: they are read from the run's. */
  private static final String SELECT =
      """
      SELECT t.*, r.status AS run_status, r.finished_at AS run_finished_at, r.counts AS run_counts
      FROM tasks t LEFT JOIN runs r ON r.id = t.last_run_id
      """;

  /** For a client with many executions: the newest tasks are looked at, one after the other. */
  private static final String RUNS_ON =
      "EXISTS (SELECT 1 FROM executions e WHERE e.task_id = t.id AND +e.client = ?)";

  /** For a client with few of them. */
  private static final String IS_OF_THE_FEW =
      "t.id IN (SELECT e.task_id FROM executions e WHERE e.client = ?)";

  private static final String MANY =
      "SELECT 1 FROM executions WHERE client = ? LIMIT 1 OFFSET 5000";

  private static final String MENTIONS =
      """
      (t.id LIKE ? ESCAPE '\\' OR t.name LIKE ? ESCAPE '\\' OR t.description LIKE ? ESCAPE '\\'
        OR t.plugin LIKE ? ESCAPE '\\' OR t.action LIKE ? ESCAPE '\\' OR t.owner LIKE ? ESCAPE '\\')
      """;

  private TaskReads() {}

  static Optional<StoredTask> one(Connection connection, TaskId id) throws SQLException {
    return Queries.first(
        connection,
        SELECT + " WHERE t.id = ?",
        row ->
            new StoredTask(json(row), row.getInt("version"), row.getString("deleted_at") != null),
        id);
  }

  static Page page(Connection connection, TaskFilter filter, PageRequest page) throws SQLException {
    String runsOn =
        filter.client() != null
                && Queries.first(connection, MANY, row -> true, filter.client()).isEmpty()
            ? IS_OF_THE_FEW
            : RUNS_ON;
    return Page.ofAny(
        filter.status(),
        page.limit(),
        status -> {
          Where where = where(filter, status, runsOn);
          String sql = SELECT + where.page("t", page);
          return Queries.list(connection, sql, TaskReads::json, where.parameters());
        });
  }

  private static Where where(TaskFilter filter, @Nullable String status, String runsOn) {
    boolean isNarrow = filter.owner() != null || filter.plugin() != null;
    return new Where()
        .always("t.deleted_at IS NULL")
        .given(status, Where.equal("t.status", !isNarrow))
        .given(filter.owner(), "t.owner = ?")
        .given(filter.plugin(), "t.plugin = ?")
        .given(filter.type(), "t.type = ?")
        .given(filter.client(), runsOn)
        .given(anywhere(filter.q()), MENTIONS);
  }

  private static @Nullable String anywhere(@Nullable String text) {
    return text == null || text.isEmpty()
        ? null
        : "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  private static ObjectNode json(ResultSet row) throws SQLException {
    return new RowJson(row)
        .text("id", "name", "description", "owner", "plugin", "action")
        .json("args", "kwargs")
        .text("type", "execution_start_time", "execution_end_time")
        .number("interval")
        .text("interval_mode", "cron", "time_zone")
        .number("timeout")
        .json("retry")
        .text("overlap", "misfire")
        .number("expires_after", "max_concurrent_runs")
        .json("labels")
        .text("status")
        .flag("paused")
        .text("next_run_at")
        .set("last_run", lastRun(row))
        .number("version")
        .text("created_at", "updated_at", "created_by")
        .object();
  }

  private static JsonNode lastRun(ResultSet row) throws SQLException {
    String id = row.getString("last_run_id");
    String status = row.getString("run_status");
    String counts = row.getString("run_counts");
    if (id == null || status == null || counts == null) {
      return NullNode.getInstance();
    }
    String finishedAt = row.getString("run_finished_at");
    return JsonText.read(
        JsonText.lastRun(
            new RunId(id),
            RunStatus.valueOf(status),
            finishedAt == null ? null : TimeText.parse(finishedAt),
            counts));
  }
}

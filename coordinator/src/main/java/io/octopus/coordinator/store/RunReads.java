package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.protocol.RunId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads runs as the API shows them. */
final class RunReads {

  private static final String SELECT = "SELECT r.* FROM runs r";

  private RunReads() {}

  static Optional<ObjectNode> one(Connection connection, RunId id) throws SQLException {
    return Queries.first(connection, SELECT + " WHERE r.id = ?", RunReads::json, id);
  }

  static Page page(Connection connection, RunFilter filter, PageRequest page) throws SQLException {
    return Page.ofAny(
        filter.status(),
        page.limit(),
        status -> {
          Where where =
              new Where()
                  .given(filter.taskId(), "r.task_id = ?")
                  .given(status, Where.equal("r.status", filter.taskId() == null));
          String sql = SELECT + where.page("r", page);
          return Queries.list(connection, sql, RunReads::json, where.parameters());
        });
  }

  private static ObjectNode json(ResultSet row) throws SQLException {
    return new RowJson(row)
        .text("id", "task_id", "fire_time", "trigger")
        .json("targets", "skipped")
        .text("status", "reason", "fire_time_until")
        .number("skipped_count")
        .json("counts")
        .text("created_at", "started_at", "finished_at")
        .object();
  }
}

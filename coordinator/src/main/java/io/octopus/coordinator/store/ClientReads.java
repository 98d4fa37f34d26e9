package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.protocol.WorkerName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads clients as the API shows them. */
final class ClientReads {

  private static final String SELECT = "SELECT * FROM clients";

  private static final String RUNNING =
      "SELECT id FROM executions WHERE client = ? AND status = 'Running' ORDER BY created_at, id";

  private ClientReads() {}

  static List<ObjectNode> all(Connection connection) throws SQLException {
    return Queries.list(connection, SELECT + " ORDER BY name", row -> json(connection, row));
  }

  static Optional<ObjectNode> one(Connection connection, WorkerName name) throws SQLException {
    return Queries.first(
        connection, SELECT + " WHERE name = ?", row -> json(connection, row), name);
  }

  private static ObjectNode json(Connection connection, ResultSet row) throws SQLException {
    ArrayNode running = JsonText.MAPPER.createArrayNode();
    Queries.list(connection, RUNNING, found -> found.getString("id"), row.getString("name"))
        .forEach(running::add);
    return new RowJson(row)
        .text("name", "status", "why", "host", "address", "os", "version")
        .number("slots")
        .set("busy", IntNode.valueOf(running.size()))
        .json("labels")
        .flag("draining")
        .text("last_seen", "joined_at")
        .set("running", running)
        .flag("plugins_in_sync")
        .number("cpu", "memory")
        .json("limits")
        .object();
  }
}

package io.octopus.coordinator.store;

import akka.Done;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The clients that were ever seen and not forgotten: primary data, not in the journal. */
public final class ClientStore {

  private final ReadPool reads;
  private final SideWriter writer;

  ClientStore(ReadPool reads, SideWriter writer) {
    this.reads = reads;
    this.writer = writer;
  }

  /** Every client, by name. */
  public CompletionStage<List<ClientRow>> all() {
    return reads.list("SELECT * FROM clients ORDER BY name", ClientStore::client);
  }

  /** Writes whole rows, new or known. */
  public CompletionStage<Done> upsert(List<ClientRow> rows) {
    return writer.transaction(
        (statements, connection) -> {
          for (ClientRow row : rows) {
            statements.upsert("clients", columns(row));
          }
          return Done.getInstance();
        });
  }

  /** Forgets a client; its executions stay. */
  public CompletionStage<Done> delete(WorkerName name) {
    return writer.transaction(
        (statements, connection) -> {
          statements.run("DELETE FROM clients WHERE name = ?", name);
          return Done.getInstance();
        });
  }

  private static Row columns(ClientRow client) {
    return new Row()
        .with("name", client.name())
        .with("status", client.status())
        .with("why", client.why())
        .with("host", client.host())
        .with("address", client.address())
        .with("os", client.os())
        .with("version", client.version())
        .with("slots", client.slots())
        .with("busy", client.busy())
        .with("labels", JsonText.labels(client.labels()))
        .with("draining", client.draining())
        .with("last_seen", client.lastSeen())
        .with("joined_at", client.joinedAt())
        .with("plugins_in_sync", client.pluginsInSync())
        .with("cpu", client.cpus())
        .with("memory", client.memoryBytes())
        .with("left_in_order", client.left())
        .with("incarnation", client.incarnation())
        .with("limits", limits(client.limits()));
  }

  private static ClientRow client(ResultSet row) throws SQLException {
    String incarnation = row.getString("incarnation");
    return new ClientRow(
        new WorkerName(row.getString("name")),
        row.getString("status"),
        row.getString("why"),
        row.getString("host"),
        row.getString("address"),
        row.getString("os"),
        row.getString("version"),
        row.getInt("slots"),
        row.getInt("busy"),
        labels(row.getString("labels")),
        row.getBoolean("draining"),
        time(row.getString("last_seen")),
        time(row.getString("joined_at")),
        row.getBoolean("left_in_order"),
        incarnation == null ? null : new Incarnation(incarnation),
        row.getLong("cpu"),
        row.getLong("memory"),
        row.getBoolean("plugins_in_sync"),
        limits(row.getString("limits")));
  }

  private static @Nullable String limits(@Nullable Map<String, String> limits) {
    return limits == null ? null : JsonText.labels(limits);
  }

  private static @Nullable Map<String, String> limits(@Nullable String json) {
    return json == null ? null : labels(json);
  }

  private static Map<String, String> labels(String json) {
    Map<String, String> labels = new TreeMap<>();
    JsonText.read(json)
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().textValue()));
    return labels;
  }

  private static @Nullable Instant time(@Nullable String text) {
    return text == null ? null : TimeText.parse(text);
  }
}

package io.octopus.coordinator.store;

import akka.Done;
import io.octopus.protocol.WorkerName;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/**
 * Who changed what, when and why: primary data, written beside each change and never altered. Only
 * retention takes lines away.
 */
public final class AuditTrail {

  private final SideWriter writer;
  private final InstantSource clock;

  AuditTrail(SideWriter writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /** What can be done to a client. */
  public enum ClientChange {
    DRAINED,
    RESUMED,
    FORGOTTEN
  }

  /** Somebody did this to a client. */
  public CompletionStage<Done> clientChanged(WorkerName client, ClientChange change, String by) {
    return writer.transaction(
        (statements, connection) -> {
          String event = "client_" + change.name().toLowerCase(Locale.ROOT);
          HistoryLine line =
              HistoryLine.change(clock.instant(), by, event, JsonText.MAPPER::createObjectNode);
          statements.insert("audit", row(line.on(client)));
          return Done.getInstance();
        });
  }

  /** In the transaction of the task's event, if it is one that somebody wanted. */
  static void write(Statements statements, Committed committed) throws SQLException {
    HistoryLine line = HistoryLines.of(committed.event());
    if (line.isChange()) {
      statements.insert(
          "audit",
          row(line).with("task_id", committed.task()).with("number", committed.sequenceNr()));
    }
  }

  /** In the transaction of the plugin's change. */
  static void write(Statements statements, PluginChange change) throws SQLException {
    HistoryLine line =
        HistoryLine.change(
            change.at(),
            change.by(),
            event(change),
            () -> JsonText.MAPPER.createObjectNode().put("sha256", change.sha256()));
    statements.insert("audit", row(line).with("plugin", change.name()));
  }

  /** Takes away the oldest lines before this time; answers how many. */
  static int takeBefore(Statements statements, Instant time, int limit) throws SQLException {
    statements.run("INSERT INTO audit_retention (before) VALUES (?)", time);
    int taken =
        statements.run(
            "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < ? ORDER BY at LIMIT ?)",
            time,
            limit);
    statements.run("DELETE FROM audit_retention");
    return taken;
  }

  private static String event(PluginChange change) {
    return switch (change.source()) {
      case FOLDER -> change.sha256() == null ? "plugin_withdrawn" : "plugin_imported";
      case PUSH -> "plugin_pushed";
      case ROLLBACK -> "plugin_rolled_back";
      case DELETE -> "plugin_deleted";
    };
  }

  private static Row row(HistoryLine line) {
    return new Row()
        .with("at", line.at())
        .with("by", line.by())
        .with("event", line.event())
        .with("run_id", line.run())
        .with("execution_id", line.execution())
        .with("client", line.client())
        .with("reason", line.reason())
        .with("detail", JsonText.write(line.detail().get()));
  }
}

package io.octopus.coordinator.store;

import akka.actor.ActorSystem;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.octopus.config.CoordinatorSettings;
import io.octopus.protocol.TaskId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes the rows of tasks, runs and executions again from the journal, and where retention took
 * events away from the snapshots that cover them, in one transaction, while no coordinator runs.
 * Runs that were taken away come back as far as their events are left, until retention takes them
 * again. What is not in the journal, such as why an execution waits, comes back when the
 * coordinator does.
 */
public final class Rebuild {

  private static final String EVENTS =
      """
      SELECT persistence_id, sequence_number, event_payload, event_ser_id, event_ser_manifest FROM event_journal
      WHERE persistence_id LIKE 'Task|%' AND NOT deleted ORDER BY ordering
      """;

  private Rebuild() {}

  /** Rebuilds this coordinator's rows and says how many events made them. */
  @SuppressWarnings("SystemOut") // a command for a terminal
  public static void run(CoordinatorSettings settings) {
    DataFolder folder = new DataFolder(settings.store().dataDirectory());
    try (CoordinatorLock lock = CoordinatorLock.take(folder)) {
      DataFolder data = lock.folder();
      Schema.prepare(data);
      ActorSystem system = ActorSystem.create("octopus-rebuild", onItsOwn(settings.akka()));
      try {
        long events = replay(data, SerializationExtension.get(system));
        System.out.println("rebuilt tasks, runs and executions from " + events + " events");
      } finally {
        system.terminate();
      }
    }
  }

  /** It only needs to read events: no cluster, no journal. */
  private static Config onItsOwn(Config akka) {
    return akka.withValue("akka.actor.provider", ConfigValueFactory.fromAnyRef("local"))
        .withValue("akka.coordinated-shutdown.exit-jvm", ConfigValueFactory.fromAnyRef("off"));
  }

  static long replay(DataFolder data, Serialization serialization) {
    try (Connection connection = DriverManager.getConnection(Sqlite.durable(data.database()))) {
      connection.setAutoCommit(false);
      long events = replay(connection, serialization);
      connection.commit();
      return events;
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "the rows could not be rebuilt, and are as they were", failure);
    }
  }

  private static long replay(Connection connection, Serialization serialization)
      throws SQLException {
    try (Statements statements = new Statements(connection);
        Statement query = connection.createStatement()) {
      statements.run("DELETE FROM executions");
      statements.run("DELETE FROM runs");
      statements.run("DELETE FROM tasks");
      CutTasks cut = CutTasks.in(connection, serialization);
      RowChanges changes = new RowChanges(statements);
      long events = 0;
      try (ResultSet rows = query.executeQuery(EVENTS)) {
        while (rows.next()) {
          cut.before(changes, rows.getString("persistence_id"), rows.getLong("sequence_number"));
          Views.write(changes, task(rows), JournalEvents.event(rows, serialization));
          events++;
        }
      }
      cut.end(changes);
      changes.flush();
      return events;
    }
  }

  private static TaskId task(ResultSet row) throws SQLException {
    return JournalIds.task(row.getString("persistence_id"));
  }
}

package io.octopus.coordinator.store;

import akka.serialization.Serialization;
import io.octopus.coordinator.task.TaskEvent;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the task's event in a row of the journal. */
final class JournalEvents {

  private JournalEvents() {}

  static TaskEvent event(ResultSet row, Serialization serialization) throws SQLException {
    return (TaskEvent)
        serialization
            .deserialize(
                row.getBytes("event_payload"),
                row.getInt("event_ser_id"),
                row.getString("event_ser_manifest"))
            .get();
  }
}

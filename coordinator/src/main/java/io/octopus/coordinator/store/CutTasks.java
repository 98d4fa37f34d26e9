package io.octopus.coordinator.store;

import akka.serialization.Serialization;
import io.octopus.coordinator.task.TaskEvent.OutlookChanged;
import io.octopus.coordinator.task.TaskEvent.TaskEdited;
import io.octopus.coordinator.task.TaskStanding;
import io.octopus.coordinator.task.TaskState;
import io.octopus.protocol.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks of which retention took events away. Up to their oldest snapshot their rows follow from
 * what is left of the events and from the snapshot, after it from events alone.
 */
final class CutTasks {

  private static final String CUT =
      """
      SELECT s.persistence_id, MIN(s.sequence_number) AS covered FROM snapshot s
      WHERE s.persistence_id LIKE 'Task|%'
      GROUP BY s.persistence_id
      HAVING covered > (SELECT COUNT(*) FROM event_journal e
        WHERE e.persistence_id = s.persistence_id AND e.sequence_number <= covered)
      """;

  private static final String SNAPSHOT =
      """
      SELECT created, snapshot_payload, snapshot_ser_id, snapshot_ser_manifest FROM snapshot
      WHERE persistence_id = ? AND sequence_number = ?
      """;

  private final Connection connection;
  private final Serialization serialization;
  private final Map<String, Long> covered = new HashMap<>();

  private CutTasks(Connection connection, Serialization serialization) {
    this.connection = connection;
    this.serialization = serialization;
  }

  static CutTasks in(Connection connection, Serialization serialization) throws SQLException {
    CutTasks cut = new CutTasks(connection, serialization);
    Queries.list(
            connection,
            CUT,
            row -> Map.entry(row.getString("persistence_id"), row.getLong("covered")))
        .forEach(task -> cut.covered.put(task.getKey(), task.getValue()));
    return cut;
  }

  /** Writes what the snapshot says before the first event that it does not cover. */
  void before(RowChanges rows, String persistenceId, long sequenceNr) throws SQLException {
    Long upTo = covered.get(persistenceId);
    if (upTo != null && sequenceNr > upTo) {
      covered.remove(persistenceId);
      write(rows, persistenceId, upTo);
    }
  }

  /** Writes what the snapshots say that cover all events. */
  void end(RowChanges rows) throws SQLException {
    for (Map.Entry<String, Long> task : covered.entrySet()) {
      write(rows, task.getKey(), task.getValue());
    }
  }

  private void write(RowChanges rows, String persistenceId, long upTo) throws SQLException {
    List<Snapshot> found =
        Queries.list(
            connection,
            SNAPSHOT,
            row ->
                new Snapshot(
                    Instant.ofEpochMilli(row.getLong("created")),
                    (TaskState)
                        serialization
                            .deserialize(
                                row.getBytes("snapshot_payload"),
                                row.getInt("snapshot_ser_id"),
                                row.getString("snapshot_ser_manifest"))
                            .get()),
            persistenceId,
            upTo);
    TaskId task = JournalIds.task(persistenceId);
    for (Snapshot snapshot : found) {
      TaskStanding standing = TaskStanding.of(snapshot.state()).orElse(null);
      if (standing != null) {
        write(rows, task, standing, snapshot.created());
      }
    }
  }

  private static void write(RowChanges rows, TaskId task, TaskStanding standing, Instant at)
      throws SQLException {
    Views.write(
        rows,
        task,
        new TaskEdited(
            standing.definition(), standing.version(), null, HistoryLine.COORDINATOR, at));
    TaskViews.paused(rows, task, standing.paused(), at);
    Views.write(
        rows,
        task,
        new OutlookChanged(standing.status(), standing.nextRunAt(), standing.wakeAt(), at));
  }

  private record Snapshot(Instant created, TaskState state) {}
}

package io.octopus.coordinator.store;

import io.octopus.protocol.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Takes away deleted tasks of which no run is left. Of their events the first and the last stay:
 * they say that the id is taken, and by which request.
 */
final class DeletedTasks {

  private static final String WITHOUT_RUNS =
      """
      SELECT id FROM tasks WHERE deleted_at < ?
        AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.task_id = tasks.id) LIMIT 1
      """;

  private static final String BETWEEN =
      """
      DELETE FROM event_journal WHERE ordering IN (
        SELECT ordering FROM event_journal
        WHERE persistence_id = ? AND sequence_number > 1
          AND sequence_number < (SELECT MAX(sequence_number) FROM event_journal e
            WHERE e.persistence_id = event_journal.persistence_id)
        LIMIT ?)
      """;

  private DeletedTasks() {}

  /** Takes the next one, or some of its events; answers whether there was one. */
  static boolean take(Statements statements, Connection connection, Instant before, int limit)
      throws SQLException {
    List<TaskId> found =
        Queries.list(connection, WITHOUT_RUNS, row -> new TaskId(row.getString("id")), before);
    for (TaskId task : found) {
      if (statements.run(BETWEEN, JournalIds.of(task), limit) < limit) {
        statements.run("DELETE FROM tasks WHERE id = ?", task);
      }
    }
    return !found.isEmpty();
  }
}

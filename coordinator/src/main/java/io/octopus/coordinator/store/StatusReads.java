package io.octopus.coordinator.store;

import io.octopus.coordinator.task.ExecutionStatus;
import io.octopus.coordinator.task.TaskStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts what the status page shows. */
final class StatusReads {

  private static final String TASKS =
      "SELECT status, COUNT(*) FROM tasks WHERE deleted_at IS NULL GROUP BY status";

  private static final String PENDING =
      "SELECT 'Pending', COUNT(*), MIN(created_at) FROM executions WHERE status = 'Pending'";

  private static final String RUNNING =
      "SELECT 'Running', COUNT(*) FROM executions WHERE status = 'Running'";

  private static final String CLIENTS = "SELECT status, COUNT(*) FROM clients GROUP BY status";

  /** By status and time, as the index is ordered. */
  private static final String ENDED =
      "SELECT ?, COUNT(*) FROM executions WHERE status = ? AND finished_at >= ?";

  /** Of so many that ended last the slowest are sought; more would not change much. */
  private static final int SAMPLE = 10_000;

  private static final String DURATION =
      """
      SELECT duration_ms FROM (
        SELECT duration_ms FROM executions
        WHERE status = 'Completed' AND finished_at >= ? AND duration_ms IS NOT NULL
        ORDER BY finished_at DESC LIMIT %d)
      ORDER BY duration_ms LIMIT 1 OFFSET ?
      """
          .formatted(SAMPLE);

  private StatusReads() {}

  static StatusFigures figures(Connection connection, Instant now) throws SQLException {
    Map<String, Long> pending = count(connection, List.of("Pending"), PENDING);
    Map<String, Long> unfinished = new LinkedHashMap<>(pending);
    unfinished.putAll(count(connection, List.of("Running"), RUNNING));
    Instant dayAgo = now.minus(Duration.ofDays(1));
    Map<String, Long> lastDay = new LinkedHashMap<>();
    for (String status : finalStatuses()) {
      lastDay.putAll(count(connection, List.of(status), ENDED, status, status, dayAgo));
    }
    return new StatusFigures(
        count(connection, names(TaskStatus.values()), TASKS),
        unfinished,
        count(connection, List.of("Online", "Idle", "Offline"), CLIENTS),
        pending.getOrDefault("Pending", 0L),
        oldestWait(connection, now),
        lastDay,
        slowest5Percent(connection, dayAgo, lastDay.getOrDefault("Completed", 0L)));
  }

  private static Map<String, Long> count(
      Connection connection, List<String> names, String sql, @Nullable Object... parameters)
      throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    names.forEach(name -> counts.put(name, 0L));
    Queries.list(connection, sql, row -> Map.entry(row.getString(1), row.getLong(2)), parameters)
        .forEach(counted -> counts.put(counted.getKey(), counted.getValue()));
    return counts;
  }

  private static @Nullable Long oldestWait(Connection connection, Instant now) throws SQLException {
    return Queries.list(connection, PENDING, row -> Optional.ofNullable(row.getString(3))).stream()
        .flatMap(Optional::stream)
        .map(since -> Math.max(0, Duration.between(TimeText.parse(since), now).toSeconds()))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Long slowest5Percent(
      Connection connection, Instant since, long completed) throws SQLException {
    long faster = (long) Math.ceil(Math.min(completed, SAMPLE) * 0.95) - 1;
    return Queries.first(connection, DURATION, row -> row.getLong(1), since, Math.max(0, faster))
        .orElse(null);
  }

  private static List<String> finalStatuses() {
    return Stream.of(ExecutionStatus.values())
        .filter(ExecutionStatus::isFinal)
        .map(Enum::name)
        .toList();
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }
}

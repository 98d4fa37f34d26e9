package io.octopus.coordinator.store;

import io.octopus.protocol.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * When tasks have something to do: by themselves, or by an execution that is retried or expires.
 */
public final class AlarmRows {

  static final String BEHIND =
      """
      SELECT * FROM (
        SELECT wake_at, id AS task_id FROM tasks
        WHERE (wake_at, id) > (?, ?) AND wake_at <= ? ORDER BY wake_at, id LIMIT ?)
      UNION
      SELECT * FROM (
        SELECT DISTINCT wake_at, task_id FROM executions
        WHERE (wake_at, task_id) > (?, ?) AND wake_at <= ? ORDER BY wake_at, task_id LIMIT ?)
      ORDER BY wake_at, task_id LIMIT ?
      """;

  static final String OF =
      """
      SELECT wake_at, id AS task_id FROM tasks WHERE id IN (%1$s) AND wake_at <= ?
      UNION
      SELECT wake_at, task_id FROM executions WHERE task_id IN (%1$s) AND wake_at <= ?
      """;

  private final ReadPool reads;

  AlarmRows(ReadPool reads) {
    this.reads = reads;
  }

  /**
   * Times of tasks behind this time and task, up to and at another time; earliest first.
   *
   * @param task of those at the first time only the tasks behind this text
   */
  public CompletionStage<List<Due>> behind(Instant at, String task, Instant until, int limit) {
    return reads.list(
        BEHIND, AlarmRows::due, at, task, until, limit, at, task, until, limit, limit);
  }

  /** Times of these tasks up to and at a time. */
  public CompletionStage<List<Due>> of(Collection<TaskId> tasks, Instant until) {
    List<@Nullable Object> parameters = new ArrayList<>(tasks);
    parameters.add(until);
    parameters.addAll(List.copyOf(parameters));
    String marks = String.join(", ", Collections.nCopies(tasks.size(), "?"));
    return reads.list(OF.formatted(marks), AlarmRows::due, parameters.toArray());
  }

  private static Due due(ResultSet row) throws SQLException {
    return new Due(new TaskId(row.getString("task_id")), TimeText.parse(row.getString("wake_at")));
  }

  /** A task and a time at which it has something to do. */
  public record Due(TaskId task, Instant at) {}
}

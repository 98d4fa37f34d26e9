package io.octopus.coordinator.store;

import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is not finished: what runs where, what did not complete. */
public final class UnfinishedWork {

  private static final String RUNNING_ON =
      "SELECT DISTINCT task_id FROM executions WHERE client = ? AND status = 'Running'";

  private static final String CLIENTS =
      """
      SELECT DISTINCT client FROM executions
      WHERE status = 'Running' AND client IS NOT NULL ORDER BY client
      """;

  private static final String UNFINISHED =
      """
      SELECT DISTINCT task_id FROM runs WHERE finished_at IS NULL AND task_id > ?
      ORDER BY task_id LIMIT ?
      """;

  private static final String RUN = "SELECT * FROM runs WHERE id = ?";

  private static final String NOT_COMPLETED =
      """
      SELECT id, waits_for FROM executions WHERE run_id = ? AND status <> 'Completed'
      ORDER BY length(id), id
      """;

  private final ReadPool reads;

  UnfinishedWork(ReadPool reads) {
    this.reads = reads;
  }

  /** Tasks with an execution that runs on this client. */
  public CompletionStage<List<TaskId>> tasksRunningOn(WorkerName worker) {
    return reads.list(RUNNING_ON, UnfinishedWork::task, worker);
  }

  /** Clients on which an execution runs. */
  public CompletionStage<List<WorkerName>> clientsWithRunningWork() {
    return reads.list(CLIENTS, row -> new WorkerName(row.getString("client")));
  }

  /** Tasks with a run that is not final, by id, behind a task or a text before all. */
  public CompletionStage<List<TaskId>> tasksWithUnfinishedRuns(String behind, int limit) {
    return reads.list(UNFINISHED, UnfinishedWork::task, behind, limit);
  }

  /** What a run left undone; empty when there is no such run. */
  public CompletionStage<Optional<Undone>> undoneOf(RunId run) {
    return reads.run(
        connection -> Queries.first(connection, RUN, row -> undone(connection, run, row), run));
  }

  private static Undone undone(Connection connection, RunId run, ResultSet row)
      throws SQLException {
    return new Undone(
        run,
        row.getString("finished_at") != null,
        row.getString("args"),
        row.getString("kwargs"),
        Queries.list(connection, NOT_COMPLETED, UnfinishedWork::execution, run));
  }

  private static UndoneExecution execution(ResultSet row) throws SQLException {
    String client = row.getString("waits_for");
    return new UndoneExecution(
        new ExecutionId(row.getString("id")), client == null ? null : new WorkerName(client));
  }

  private static TaskId task(ResultSet row) throws SQLException {
    return new TaskId(row.getString("task_id"));
  }

  /**
   * What a run left undone.
   *
   * @param isFinal whether nothing of the run is pending or running
   * @param args the run's own arguments, null when it had the definition's
   * @param executions those that did not complete, or not yet
   */
  public record Undone(
      RunId run,
      boolean isFinal,
      @Nullable String args,
      @Nullable String kwargs,
      List<UndoneExecution> executions) {
    public Undone {
      executions = List.copyOf(executions);
    }
  }

  /**
   * An execution that did not complete.
   *
   * @param client the only client that may run it; null when any client may
   */
  public record UndoneExecution(ExecutionId execution, @Nullable WorkerName client) {}
}

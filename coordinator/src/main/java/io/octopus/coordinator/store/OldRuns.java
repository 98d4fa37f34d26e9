package io.octopus.coordinator.store;

import akka.Done;
import io.octopus.coordinator.store.Retention.Belongings;
import io.octopus.coordinator.store.Retention.Limits;
import io.octopus.coordinator.store.Retention.Step;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes away finished runs that are too old, or too many of one task, with their executions. A task
 * that is there keeps its last run, whose outcome it shows.
 */
final class OldRuns {

  private static final int RUNS_AT_ONCE = 50;

  private static final String IS_SHOWN =
      """
      EXISTS (SELECT 1 FROM tasks t
        WHERE t.id = r.task_id AND t.last_run_id = r.id AND t.deleted_at IS NULL)
      """;

  private static final String OLD =
      """
      SELECT r.id, r.finished_at FROM runs r
      WHERE r.finished_at >= ? AND r.finished_at < ? AND NOT %s
      ORDER BY r.finished_at, r.id LIMIT ?
      """
          .formatted(IS_SHOWN);

  private static final String NEXT_TASK_WITH_SURPLUS =
      """
      SELECT task_id FROM runs WHERE task_id > ?
      GROUP BY task_id HAVING COUNT(*) > ? ORDER BY task_id LIMIT 1
      """;

  private static final String SURPLUS =
      """
      SELECT r.id, r.finished_at FROM runs r
      WHERE r.task_id = ? AND r.finished_at IS NOT NULL
        AND (r.created_at, r.id) < (SELECT k.created_at, k.id FROM runs k
          WHERE k.task_id = ? AND k.finished_at IS NOT NULL
          ORDER BY k.created_at DESC, k.id DESC LIMIT 1 OFFSET ?)
        AND NOT %s
      ORDER BY r.created_at, r.id LIMIT ?
      """
          .formatted(IS_SHOWN);

  private static final String EXECUTIONS = "SELECT id FROM executions WHERE run_id IN (%s) LIMIT ?";

  private static final String WITHOUT_EXECUTIONS =
      """
      DELETE FROM runs WHERE id IN (%s) AND finished_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM executions e WHERE e.run_id = runs.id)
      """;

  private final ReadPool reads;
  private final SideWriter writer;
  private final List<Belongings> belongings;
  private final Limits limits;
  private final Instant now;
  private String oldFrom = "";
  private String taskBefore = "";
  private Optional<String> task = Optional.empty();

  OldRuns(
      ReadPool reads, SideWriter writer, List<Belongings> belongings, Limits limits, Instant now) {
    this.reads = reads;
    this.writer = writer;
    this.belongings = belongings;
    this.limits = limits;
    this.now = now;
  }

  /** Those that finished too long ago. */
  CompletionStage<Step> takeOld() {
    return reads
        .list(OLD, OldRuns::found, oldFrom, now.minus(limits.keep()), RUNS_AT_ONCE)
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                return CompletableFuture.completedStage(Step.ALL_DONE);
              }
              // what was passed over is not looked at again
              oldFrom = found.get(0).finishedAt();
              return take(found);
            });
  }

  /** Those of one task beyond its newest ones. */
  CompletionStage<Step> takeSurplus() {
    return task.isPresent() ? takeSurplusOf(task.get()) : findTask();
  }

  private CompletionStage<Step> findTask() {
    return reads
        .first(NEXT_TASK_WITH_SURPLUS, row -> row.getString("task_id"), taskBefore, limits.runs())
        .thenApply(
            next -> {
              task = next;
              return next.isPresent() ? Step.LOOKED : Step.ALL_DONE;
            });
  }

  private CompletionStage<Step> takeSurplusOf(String id) {
    return reads
        .list(SURPLUS, OldRuns::found, id, id, limits.runs() - 1, RUNS_AT_ONCE)
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                taskBefore = id;
                task = Optional.empty();
                return CompletableFuture.completedStage(Step.LOOKED);
              }
              return take(found);
            });
  }

  private CompletionStage<Step> take(List<Found> runs) {
    List<@Nullable Object> ids = new ArrayList<>(runs.stream().map(Found::run).toList());
    List<@Nullable Object> withLimit = new ArrayList<>(ids);
    withLimit.add(Retention.BATCH);
    return reads
        .list(
            EXECUTIONS.formatted(marks(ids.size())),
            row -> new ExecutionId(row.getString("id")),
            withLimit.toArray())
        .thenCompose(executions -> forget(executions).thenApply(done -> executions))
        .thenCompose(executions -> delete(ids, executions))
        .thenApply(done -> Step.TOOK_AWAY);
  }

  private CompletionStage<Done> forget(List<ExecutionId> executions) {
    CompletionStage<Done> forgotten = CompletableFuture.completedStage(Done.getInstance());
    for (Belongings some : belongings) {
      forgotten = forgotten.thenCompose(done -> some.forget(executions));
    }
    return forgotten;
  }

  private CompletionStage<Done> delete(List<@Nullable Object> runs, List<ExecutionId> executions) {
    return writer.transaction(
        (statements, connection) -> {
          for (ExecutionId execution : executions) {
            statements.run("DELETE FROM executions WHERE id = ?", execution);
          }
          statements.run(WITHOUT_EXECUTIONS.formatted(marks(runs.size())), runs.toArray());
          return Done.getInstance();
        });
  }

  private static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(new RunId(row.getString("id")), row.getString("finished_at"));
  }

  private record Found(RunId run, String finishedAt) {}
}

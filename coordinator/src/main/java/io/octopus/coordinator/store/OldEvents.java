package io.octopus.coordinator.store;

import io.octopus.coordinator.store.Retention.Limits;
import io.octopus.coordinator.store.Retention.Step;
import io.octopus.protocol.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes away a task's events that nothing needs any more: its snapshots cover them, its kept runs
 * began after them, and they are older than what is kept. A task with more runs than are kept loses
 * its events with them, however young they are.
 */
final class OldEvents {

  private static final int TASKS_AT_ONCE = 200;

  private static final String COVERED =
      """
      SELECT persistence_id, MIN(sequence_number) AS covered FROM snapshot
      WHERE persistence_id > ? AND persistence_id LIKE 'Task|%'
      GROUP BY persistence_id ORDER BY persistence_id LIMIT ?
      """;

  /** A skip record is whole in its newest event. */
  private static final String KEPT_RUNS =
      """
      SELECT COUNT(*) AS runs,
        MIN(CASE status WHEN 'Skipped' THEN finished_at ELSE created_at END) AS oldest
      FROM runs WHERE task_id = ?
      """;

  private static final String NOT_NEEDED =
      """
      SELECT ordering FROM event_journal
      WHERE persistence_id = ? AND sequence_number > 1 AND sequence_number <= ?
        AND sequence_number < (SELECT MAX(sequence_number) FROM event_journal e
          WHERE e.persistence_id = event_journal.persistence_id)
        AND write_timestamp < ?
      ORDER BY sequence_number LIMIT ?
      """;

  private final ReadPool reads;
  private final SideWriter writer;
  private final Limits limits;
  private final Instant now;
  private final Deque<Covered> waiting = new ArrayDeque<>();
  private String last = "";
  private boolean isLast;

  OldEvents(ReadPool reads, SideWriter writer, Limits limits, Instant now) {
    this.reads = reads;
    this.writer = writer;
    this.limits = limits;
    this.now = now;
  }

  CompletionStage<Step> take() {
    Covered next = waiting.peek();
    if (next != null) {
      return take(next);
    }
    if (isLast) {
      return CompletableFuture.completedStage(Step.ALL_DONE);
    }
    return reads
        .list(
            COVERED,
            row -> new Covered(row.getString("persistence_id"), row.getLong("covered")),
            last,
            TASKS_AT_ONCE)
        .thenApply(
            page -> {
              waiting.addAll(page);
              isLast = page.size() < TASKS_AT_ONCE;
              last = page.isEmpty() ? last : page.get(page.size() - 1).persistenceId();
              return Step.LOOKED;
            });
  }

  private CompletionStage<Step> take(Covered covered) {
    return reads
        .run(connection -> notNeeded(connection, covered))
        .thenCompose(
            events -> {
              if (events.size() < Retention.BATCH) {
                waiting.remove();
              }
              return events.isEmpty()
                  ? CompletableFuture.completedStage(Step.LOOKED)
                  : delete(events);
            });
  }

  private List<Long> notNeeded(Connection connection, Covered covered) throws SQLException {
    return Queries.list(
        connection,
        NOT_NEEDED,
        row -> row.getLong("ordering"),
        covered.persistenceId(),
        covered.upTo(),
        keptFrom(connection, covered.task()).toEpochMilli(),
        Retention.BATCH);
  }

  private Instant keptFrom(Connection connection, TaskId task) throws SQLException {
    Instant byAge = now.minus(limits.keep());
    return Queries.first(
            connection,
            KEPT_RUNS,
            row -> {
              Optional<Instant> oldest =
                  Optional.ofNullable(row.getString("oldest")).map(TimeText::parse);
              boolean isCut = row.getInt("runs") >= limits.runs();
              return oldest.filter(at -> isCut || at.isBefore(byAge)).orElse(byAge);
            },
            task)
        .orElse(byAge);
  }

  private CompletionStage<Step> delete(List<Long> events) {
    return writer.transaction(
        (statements, connection) -> {
          for (Long event : events) {
            statements.run("DELETE FROM event_journal WHERE ordering = ?", event);
          }
          return Step.TOOK_AWAY;
        });
  }

  /** Up to where snapshots cover a task's events. */
  private record Covered(String persistenceId, long upTo) {
    TaskId task() {
      return JournalIds.task(persistenceId);
    }
  }
}

package io.octopus.coordinator.store;

import akka.serialization.Serialization;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.task.TaskEvent;
import io.octopus.protocol.TaskId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Reads what happened to a task, from its events in the journal and, where retention has taken
 * events away, from what the audit trail kept of them.
 */
public final class TaskHistory {

  private static final String EVENTS =
      """
      SELECT sequence_number, event_payload, event_ser_id, event_ser_manifest FROM event_journal
      WHERE persistence_id = ? AND sequence_number < ? AND NOT deleted
      ORDER BY sequence_number DESC LIMIT ?
      """;

  /** Jackson's manifest of an event is the name of its class. */
  private static final String DEFINING_EVENT =
      """
      SELECT sequence_number, event_payload, event_ser_id, event_ser_manifest FROM event_journal
      WHERE persistence_id = ? AND sequence_number < ? AND NOT deleted
        AND (event_ser_manifest LIKE '%TaskEdited' OR event_ser_manifest LIKE '%TaskCreated')
      ORDER BY sequence_number DESC LIMIT 1
      """;

  private static final String AUDITED =
      "SELECT * FROM audit WHERE task_id = ? AND number < ? ORDER BY number DESC LIMIT ?";

  private static final String DEFINING_LINE =
      """
      SELECT * FROM audit WHERE task_id = ? AND number < ?
        AND event IN ('task_created', 'task_edited')
      ORDER BY number DESC LIMIT 1
      """;

  private final ReadPool reads;
  private final Serialization serialization;

  TaskHistory(ReadPool reads, Serialization serialization) {
    this.reads = reads;
    this.serialization = serialization;
  }

  /** What happened, newest first; nothing for a task that never was. */
  public CompletionStage<Page> page(TaskId task, PageRequest page) {
    return reads.run(connection -> page(connection, task, page));
  }

  private Page page(Connection connection, TaskId task, PageRequest page) throws SQLException {
    long before = page.numberBefore();
    int limit = page.limit();
    Map<Long, ObjectNode> lines = new TreeMap<>(Comparator.reverseOrder());
    for (ObjectNode line :
        Queries.list(connection, AUDITED, TaskHistory::audited, task, before, limit + 1)) {
      lines.put(number(line), line);
    }
    for (ObjectNode line :
        Queries.list(connection, EVENTS, this::event, JournalIds.of(task), before, limit + 1)) {
      lines.put(number(line), line);
    }
    List<ObjectNode> newest = new ArrayList<>();
    for (ObjectNode line : lines.values()) {
      if (newest.size() <= limit) {
        newest.add(line);
      }
    }
    boolean hasMore = newest.size() > limit;
    List<ObjectNode> shown = hasMore ? newest.subList(0, limit) : newest;
    for (ObjectNode line : shown) {
      if (line.path("event").asText().equals("task_edited")) {
        showWhatChanged(connection, task, line);
      }
    }
    ObjectNode last = shown.isEmpty() ? null : shown.get(shown.size() - 1);
    return new Page(
        shown,
        last == null || !hasMore
            ? null
            : new PageRequest.Position(last.path("at").asText(), Long.toString(number(last)))
                .cursor());
  }

  /** An edit tells what became of each field, instead of the whole definition. */
  private void showWhatChanged(Connection connection, TaskId task, ObjectNode edited)
      throws SQLException {
    ObjectNode detail = (ObjectNode) edited.path("detail");
    Optional<JsonNode> before = definitionBefore(connection, task, number(edited));
    if (before.isPresent()) {
      JsonNode definition = detail.remove("definition");
      detail.set("changed", DefinitionJson.changed(before.get(), definition));
    }
  }

  private Optional<JsonNode> definitionBefore(Connection connection, TaskId task, long number)
      throws SQLException {
    Optional<ObjectNode> event =
        Queries.first(connection, DEFINING_EVENT, this::event, JournalIds.of(task), number);
    Optional<ObjectNode> line =
        Queries.first(connection, DEFINING_LINE, TaskHistory::audited, task, number);
    return event.or(() -> line).isEmpty()
        ? Optional.empty()
        : Optional.of(newer(event, line).path("detail").path("definition"));
  }

  private static ObjectNode newer(Optional<ObjectNode> one, Optional<ObjectNode> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other).orElseThrow();
    }
    return number(one.get()) >= number(other.get()) ? one.get() : other.get();
  }

  private ObjectNode event(ResultSet row) throws SQLException {
    TaskEvent event = JournalEvents.event(row, serialization);
    return HistoryLines.of(event).json(row.getLong("sequence_number"));
  }

  private static ObjectNode audited(ResultSet row) throws SQLException {
    return new RowJson(row)
        .number("number")
        .text("at", "by", "event", "run_id", "execution_id", "client", "reason")
        .json("detail")
        .object();
  }

  private static long number(JsonNode line) {
    return line.path("number").asLong();
  }
}

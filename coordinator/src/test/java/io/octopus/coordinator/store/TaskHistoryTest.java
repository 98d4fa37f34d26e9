package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.T0;
import static io.octopus.coordinator.store.Events.at;
import static io.octopus.coordinator.store.Events.completed;
import static io.octopus.coordinator.store.Events.counts;
import static io.octopus.coordinator.store.Events.created;
import static io.octopus.coordinator.store.Events.definition;
import static io.octopus.coordinator.store.Events.started;
import static io.octopus.coordinator.store.JournalKit.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.serialization.SerializationExtension;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.store.AuditTrail.ClientChange;
import io.octopus.coordinator.task.ExecutionStatus;
import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.TaskEvent;
import io.octopus.coordinator.task.TaskEvent.ExecutionEnded;
import io.octopus.coordinator.task.TaskEvent.TaskDeleted;
import io.octopus.coordinator.task.TaskEvent.TaskEdited;
import io.octopus.coordinator.task.TaskEvent.TaskPaused;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskHistoryTest {

  @TempDir private Path folder;
  private JournalKit kit;
  private TaskHistory history;

  @BeforeEach
  void openTheJournal() {
    kit = JournalKit.open(folder);
    history = kit.store.history(SerializationExtension.get(kit.actors.system()));
  }

  @AfterEach
  void closeTheJournal() {
    kit.close();
  }

  @Test
  void whatHappenedIsToldNewestFirst() {
    kit.persist("t1", completed("t1", T0, "pc-1", "{}").toArray(TaskEvent[]::new));

    List<ObjectNode> lines = page("t1", PageRequest.first()).items();

    assertThat(lines)
        .extracting(line -> line.path("event").asText() + " by " + line.path("by").asText())
        .containsExactly(
            "run_ended by coordinator",
            "attempt_ended by client",
            "attempt_granted by coordinator",
            "run_started by ann",
            "task_created by ann");
    assertThat(lines.get(1).path("client").asText()).isEqualTo("pc-1");
    assertThat(lines.get(1).path("execution_id").asText()).isEqualTo("t1-1-1");
    assertThat(lines.get(1).path("detail").path("outcome").asText()).isEqualTo("Completed");
    assertThat(lines.get(1).toString()).doesNotContain("result");
    assertThat(lines.get(4).path("detail").path("definition").path("plugin").asText())
        .isEqualTo("hello");
  }

  @Test
  void anEditTellsWhatChanged() {
    kit.persist(
        "t1",
        created("before", new Owner.All()),
        new TaskPaused("bob", at(1)),
        new TaskEdited(definition("after", new Owner.All(), null), 2, null, "bob", at(2)));

    JsonNode edit = page("t1", PageRequest.first()).items().get(0);

    assertThat(edit.path("detail").path("changed").toString())
        .isEqualTo("{\"name\":{\"from\":\"before\",\"to\":\"after\"}}");
    assertThat(edit.path("detail").has("definition")).isFalse();
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() {
    kit.persist("t1", completed("t1", T0, "pc-1", "{}").toArray(TaskEvent[]::new));
    kit.persist("t2", completed("t2", T0, "pc-1", "{}").toArray(TaskEvent[]::new));

    List<Long> numbers = new ArrayList<>();
    String cursor = null;
    do {
      Page page = page("t1", PageRequest.parse("2", cursor));
      page.items().forEach(line -> numbers.add(line.path("number").asLong()));
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(numbers).containsExactly(5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    String cursor = new PageRequest.Position(TimeText.of(T0), "t1").cursor();

    assertThatThrownBy(() -> PageRequest.parse(null, cursor).numberBefore())
        .isInstanceOf(InvalidPage.class);
  }

  @Test
  void whatSomebodyWantedOutlivesItsEvents() {
    kit.persist("t1", completed("t1", T0, "pc-1", "{}").toArray(TaskEvent[]::new));
    kit.persist(
        "t1",
        new TaskEdited(definition("after", new Owner.Anyone(), null), 2, null, "bob", at(2)),
        new TaskDeleted("eve", at(3)));
    kit.execute("DELETE FROM event_journal WHERE sequence_number < 6");

    List<ObjectNode> lines = page("t1", PageRequest.first()).items();

    assertThat(lines)
        .extracting(line -> line.path("number").asLong() + " " + line.path("event").asText())
        .containsExactly("7 task_deleted", "6 task_edited", "1 task_created");
    assertThat(lines.get(1).path("detail").path("changed").path("name").path("to").asText())
        .isEqualTo("after");
  }

  @Test
  void whoeverCancelsIsInTheAuditTrail() {
    kit.persist(
        "t1",
        created("x", new Owner.All()),
        started("t1", 1, T0, "pc-1", "pc-2"),
        new ExecutionEnded(
            new ExecutionId("t1-1-1"),
            ExecutionStatus.Cancelled,
            null,
            "cancelled by bob",
            counts(1, 0, 0, 0),
            at(1)),
        Events.expired(new ExecutionId("t1-1-2"), counts(0, 0, 0, 0), at(60)));

    assertThat(kit.query("SELECT number, by, event, run_id, execution_id FROM audit"))
        .containsExactly("1|ann|task_created||", "3|bob|execution_ended|t1-1|t1-1-1");
  }

  @Test
  void changesOfClientsAreInTheAuditTrail() {
    await(kit.store.audit().clientChanged(new WorkerName("pc-1"), ClientChange.DRAINED, "bob"));

    assertThat(kit.query("SELECT at, by, event, client, detail FROM audit"))
        .containsExactly("2026-11-23T15:00:00.000Z|bob|client_drained|pc-1|{}");
  }

  @Test
  void theAuditTrailCannotBeAltered() {
    kit.persist("t1", created("x", new Owner.All()));

    assertThatThrownBy(() -> kit.execute("UPDATE audit SET by = 'nobody'"))
        .hasMessageContaining("append-only");
    assertThatThrownBy(() -> kit.execute("DELETE FROM audit")).hasMessageContaining("append-only");
    assertThat(kit.query("SELECT by FROM audit")).containsExactly("ann");
  }

  private Page page(String task, PageRequest page) {
    return await(history.page(new TaskId(task), page));
  }
}

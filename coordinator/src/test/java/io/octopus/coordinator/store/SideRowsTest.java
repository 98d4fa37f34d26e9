package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.T0;
import static io.octopus.coordinator.store.Events.completed;
import static io.octopus.coordinator.store.Events.counts;
import static io.octopus.coordinator.store.Events.created;
import static io.octopus.coordinator.store.Events.granted;
import static io.octopus.coordinator.store.Events.started;
import static io.octopus.coordinator.store.JournalKit.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octopus.coordinator.store.ProgressRows.Progress;
import io.octopus.coordinator.task.Owner;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideRowsTest {

  private static final ExecutionId WAITS = new ExecutionId("t1-1-1");
  private static final ExecutionId RUNS = new ExecutionId("t1-1-2");
  private static final ExecutionId DONE = new ExecutionId("done-1-1");

  @TempDir private Path folder;
  private RowsKit kit;

  @BeforeEach
  void openTheDatabase() {
    kit = RowsKit.open(folder);
    kit.write("done", completed("done", T0, "pc-2", "1"));
    kit.write("t1", created("x", new Owner.All()), started("t1", 1, T0, "pc-1", "pc-2"));
    kit.write("t1", granted(RUNS, 1, "pc-2", List.of(), null, counts(1, 1, 0, 0), T0));
  }

  @AfterEach
  void closeTheDatabase() {
    kit.close();
  }

  @Test
  void onlyWhatWaitsIsExplained() {
    await(
        kit.store
            .pendingReasons()
            .explain(Map.of(WAITS, "no_free_slot", RUNS, "no_free_slot", DONE, "no_free_slot")));

    assertThat(reasons()).containsExactly("done-1-1|", "t1-1-1|no_free_slot", "t1-1-2|");
  }

  @Test
  void whatRunsOnAClientThatIsAwaySaysSoUntilItIsBack() {
    await(kit.store.pendingReasons().explainRunningOn(new WorkerName("PC-2"), "client_offline"));
    assertThat(reasons()).containsExactly("done-1-1|", "t1-1-1|", "t1-1-2|client_offline");

    await(kit.store.pendingReasons().explainRunningOn(new WorkerName("pc-2"), null));
    assertThat(reasons()).containsExactly("done-1-1|", "t1-1-1|", "t1-1-2|");
  }

  private List<String> reasons() {
    return kit.query("SELECT id, reason FROM executions ORDER BY id");
  }

  @Test
  void progressIsOfTheAttemptThatRuns() {
    Progress half = new Progress(0.5, "half");
    await(
        kit.store
            .progress()
            .write(
                Map.of(
                    new AttemptId(RUNS, 1), half,
                    new AttemptId(WAITS, 1), half,
                    new AttemptId(DONE, 1), half)));
    assertThat(kit.query("SELECT id, progress FROM executions WHERE progress IS NOT NULL"))
        .containsExactly("t1-1-2|{\"fraction\":0.5,\"message\":\"half\"}");

    await(kit.store.progress().write(Map.of(new AttemptId(RUNS, 2), new Progress(1, "late"))));
    assertThat(kit.query("SELECT progress FROM executions WHERE id = 't1-1-2'"))
        .containsExactly("{\"fraction\":0.5,\"message\":\"half\"}");
  }

  @Test
  void clientsAreKeptAsTheyAre() {
    ClientRow full = client("PC-1", "Online", new Incarnation("life-1"));
    ClientRow bare =
        new ClientRow(
            new WorkerName("b"),
            "Offline",
            null,
            null,
            null,
            null,
            null,
            0,
            0,
            Map.of(),
            false,
            null,
            null,
            true,
            null,
            0,
            0,
            false,
            null);

    await(kit.store.clients().upsert(List.of(full, bare)));

    assertThat(await(kit.store.clients().all())).containsExactly(bare, full);
  }

  @Test
  void aClientIsTheSameInAnyLetterCase() {
    await(kit.store.clients().upsert(List.of(client("PC-1", "Online", null))));
    await(kit.store.clients().upsert(List.of(client("pc-1", "Idle", null))));

    assertThat(kit.query("SELECT name, status FROM clients")).containsExactly("PC-1|Idle");

    await(kit.store.clients().delete(new WorkerName("Pc-1")));
    assertThat(await(kit.store.clients().all())).isEmpty();
  }

  private static ClientRow client(
      String name, String status, @org.jspecify.annotations.Nullable Incarnation incarnation) {
    return new ClientRow(
        new WorkerName(name),
        status,
        "why",
        "host",
        "address",
        "os",
        "1",
        2,
        1,
        Map.of("a", "b"),
        true,
        T0,
        T0.plusMillis(1),
        false,
        incarnation,
        4,
        8L << 30,
        true,
        Map.of("memory", "no limit"));
  }

  @Test
  void aWriteThatFailsChangesNothingAndTheNextOneWorks() {
    kit.execute(
        """
        CREATE TRIGGER refuse BEFORE INSERT ON clients WHEN NEW.name = 'bad'
        BEGIN SELECT RAISE(ABORT, 'refused'); END
        """);

    assertThatThrownBy(
            () ->
                await(
                    kit.store
                        .clients()
                        .upsert(
                            List.of(
                                client("good", "Online", null), client("bad", "Online", null)))))
        .hasStackTraceContaining("refused");
    assertThat(await(kit.store.clients().all())).isEmpty();

    await(kit.store.clients().upsert(List.of(client("good", "Online", null))));
    assertThat(await(kit.store.clients().all())).hasSize(1);
  }
}

package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.T0;
import static io.octopus.coordinator.store.Events.completed;
import static io.octopus.coordinator.store.Events.created;
import static io.octopus.coordinator.store.Events.started;
import static io.octopus.coordinator.store.JournalKit.await;
import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.serialization.SerializationExtension;
import io.octopus.coordinator.store.JournalKit.Persist;
import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.TaskEvent;
import io.octopus.protocol.TaskId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewWritingJournalDaoTest {

  @TempDir private Path folder;
  private JournalKit kit;

  @BeforeEach
  void openTheJournal() {
    kit = JournalKit.open(folder);
  }

  @AfterEach
  void closeTheJournal() {
    kit.close();
  }

  @Test
  void rowsAreThereAsSoonAsTheEventIsAcknowledged() {
    kit.persist("t1", created("hello", new Owner.Anyone()), started("t1", 1, T0, "Anyone"));

    assertThat(kit.query("SELECT id, status, last_run_id FROM tasks"))
        .containsExactly("t1|Active|t1-1");
    assertThat(kit.query("SELECT id, status FROM executions")).containsExactly("t1-1-1|Pending");
    assertThat(kit.query("SELECT COUNT(*) FROM event_journal")).containsExactly("2");
  }

  @Test
  void aCancelledTaskNoLongerWaitsForItsTime() {
    kit.persist("t1", created("hello", new Owner.Anyone()), new TaskEvent.TaskCancelled("me", T0));

    assertThat(kit.query("SELECT status, wake_at, next_run_at FROM tasks"))
        .containsExactly("Cancelled||");
  }

  @Test
  void aRowThatCannotBeWrittenKeepsItsEventsOut() {
    kit.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON runs BEGIN SELECT RAISE(ABORT, 'refused'); END");

    kit.isRefused("t1", created("hello", new Owner.Anyone()), started("t1", 1, T0, "Anyone"));

    assertThat(kit.query("SELECT * FROM event_journal")).isEmpty();
    assertThat(kit.query("SELECT * FROM tasks")).isEmpty();
  }

  @Test
  void othersInTheBatchOfAFailingWriteAreWritten() {
    kit.execute(
        """
        CREATE TRIGGER refuse BEFORE INSERT ON tasks WHEN NEW.id IN ('t7', 't23')
        BEGIN SELECT RAISE(ABORT, 'refused'); END
        """);
    List<ActorRef<Persist>> persisters = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      persisters.add(kit.persister("Task|t" + i));
    }
    Connection lock = lockTheDatabase();
    List<CompletionStage<Done>> writes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      writes.add(kit.ask(persisters.get(i), created("hello", new Owner.Anyone())));
    }
    release(lock);

    for (int i = 0; i < 60; i++) {
      if (i != 7 && i != 23) {
        await(writes.get(i));
      }
    }
    assertThat(kit.query("SELECT COUNT(*) FROM tasks")).containsExactly("58");
    assertThat(kit.query("SELECT COUNT(*) FROM event_journal")).containsExactly("58");
    assertThat(kit.query("SELECT id FROM tasks WHERE id IN ('t7', 't23')")).isEmpty();
  }

  @Test
  void theStreamOfWritesOutlivesAFailure() {
    kit.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON tasks BEGIN SELECT RAISE(ABORT, 'refused'); END");
    kit.isRefused("t1", created("hello", new Owner.Anyone()));
    kit.execute("DROP TRIGGER refuse");

    kit.persist("t1", created("hello", new Owner.Anyone()));

    assertThat(kit.query("SELECT id FROM tasks")).containsExactly("t1");
  }

  @Test
  void eventsOfOthersAreStoredWithoutRows() {
    await(kit.persisting("Other|x", created("hello", new Owner.Anyone())));

    assertThat(kit.query("SELECT persistence_id FROM event_journal")).containsExactly("Other|x");
    assertThat(kit.query("SELECT * FROM tasks")).isEmpty();
  }

  @Test
  void committedEventsAreHandedOnInOrderAndOnlyThen() {
    List<Committed> heard = new CopyOnWriteArrayList<>();
    List<TaskEvent> life = completed("t1", T0, "pc-1", "{}");

    try (CommittedEvents.Subscription subscription =
        CommittedEvents.get(kit.actors.system())
            .subscribe(
                events -> {
                  assertThat(kit.query("SELECT id FROM tasks")).isNotEmpty();
                  heard.addAll(events);
                })) {
      assertThat(subscription).isNotNull();
      kit.persist("t1", life.toArray(TaskEvent[]::new));
      kit.execute(
          "CREATE TRIGGER refuse BEFORE INSERT ON tasks BEGIN SELECT RAISE(ABORT, 'no'); END");
      kit.isRefused("t2", life.get(0));
    }

    assertThat(heard).extracting(Committed::event).containsExactlyElementsOf(life);
    assertThat(heard).extracting(Committed::sequenceNr).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void aListenerThatFailsHurtsNobody() {
    List<Committed> heard = new CopyOnWriteArrayList<>();
    CommittedEvents events = CommittedEvents.get(kit.actors.system());
    CommittedEvents.Subscription broken =
        events.subscribe(
            committed -> {
              throw new IllegalStateException("a broken listener");
            });
    events.subscribe(heard::addAll);

    kit.persist("t1", created("hello", new Owner.Anyone()));
    broken.close();

    assertThat(heard).hasSize(1);
  }

  @Test
  void aLockedDatabaseDelaysWritesAndLosesNone() {
    Connection lock = lockTheDatabase();
    CompletionStage<Done> write = kit.persisting("Task|t1", created("hello", new Owner.Anyone()));
    Awaitility.await()
        .during(Duration.ofMillis(300))
        .until(() -> !write.toCompletableFuture().isDone());

    release(lock);

    await(write);
    assertThat(kit.query("SELECT id FROM tasks")).containsExactly("t1");
  }

  @Test
  void nothingIsLookedForUnderAFreshNameUntilSomethingIsStoredThere() {
    kit.persist("t1", created("hello", new Owner.Anyone()));
    FreshIds.get(kit.actors.system()).add(new TaskId("t1"));

    kit.isRefused("t1", created("hello", new Owner.Anyone()));

    kit.persist("t1", new TaskEvent.TaskCancelled("me", T0));
    assertThat(kit.query("SELECT sequence_number FROM event_journal")).containsExactly("1", "2");
  }

  @Test
  void anErrorOfTheJvmEndsTheWriterAndIsTold() throws InterruptedException {
    var told = new CountDownLatch(1);
    var system = kit.actors.system();

    try (var writer =
        new JournalWriter(
            () -> {
              throw new NoClassDefFoundError("a driver");
            },
            new EventsInFlight(SerializationExtension.get(system)),
            CommittedEvents.get(system),
            told::countDown)) {
      var unused = writer.write(List.of());
      assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Connection lockTheDatabase() {
    try {
      Connection connection = DriverManager.getConnection(Sqlite.quick(kit.data.database()));
      try (Statement statement = connection.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
      }
      return connection;
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void release(Connection lock) {
    try (lock;
        Statement statement = lock.createStatement()) {
      statement.execute("COMMIT");
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }
}

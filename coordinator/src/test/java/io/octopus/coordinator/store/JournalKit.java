package io.octopus.coordinator.store;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.AskPattern;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import com.typesafe.config.ConfigFactory;
import io.octopus.config.CoordinatorSettings;
import io.octopus.config.Settings;
import io.octopus.coordinator.task.TaskEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A journal as the product configures it, on files of its own, with actors that persist anything.
 */
final class JournalKit implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

  final DataFolder data;
  final ActorTestKit actors;
  final Store store;
  final CoordinatorSettings settings;

  private JournalKit(Path folder) {
    this.data = new DataFolder(folder);
    this.settings = Settings.defaults().with("data-dir", folder.toString()).coordinator();
    Schema.prepare(data);
    this.actors =
        ActorTestKit.create(
            "store",
            ConfigFactory.parseString("akka.actor.provider = local\nakka.loglevel = WARNING")
                .withFallback(settings.akka()));
    this.store = Store.open(data, actors.system().executionContext()::execute, () -> NOW);
  }

  static JournalKit open(Path folder) {
    return new JournalKit(folder);
  }

  /** Persists the task's next events, all in one write. */
  void persist(String task, TaskEvent... events) {
    await(persisting("Task|" + task, events));
  }

  CompletionStage<Done> persisting(String persistenceId, TaskEvent... events) {
    return ask(actors.spawn(new Persister(persistenceId)), events);
  }

  /** Persists what must not get in: the actor stops without an answer. */
  void isRefused(String task, TaskEvent... events) {
    ActorRef<Persist> persister = persister("Task|" + task);
    TestProbe<Done> probe = actors.createTestProbe();
    persister.tell(new Persist(List.of(events), probe.ref()));
    probe.expectTerminated(persister, Duration.ofSeconds(30));
  }

  CompletionStage<Done> ask(ActorRef<Persist> persister, TaskEvent... events) {
    return AskPattern.ask(
        persister,
        replyTo -> new Persist(List.of(events), replyTo),
        Duration.ofSeconds(30),
        actors.scheduler());
  }

  ActorRef<Persist> persister(String persistenceId) {
    return actors.spawn(new Persister(persistenceId));
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      CompletableFuture<T> future = stage.toCompletableFuture();
      return future.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  List<String> query(String sql) {
    return DatabaseFile.query(data.database(), sql);
  }

  void execute(String sql) {
    DatabaseFile.execute(data.database(), sql);
  }

  @Override
  public void close() {
    store.close();
    actors.shutdownTestKit();
  }

  record Persist(List<TaskEvent> events, ActorRef<Done> replyTo) {}

  /** Persists what it is told, and stops when it cannot. */
  private static final class Persister extends EventSourcedBehavior<Persist, TaskEvent, Integer> {
    Persister(String persistenceId) {
      super(PersistenceId.ofUniqueId(persistenceId));
    }

    @Override
    public Integer emptyState() {
      return 0;
    }

    @Override
    public CommandHandler<Persist, TaskEvent, Integer> commandHandler() {
      return newCommandHandlerBuilder()
          .forAnyState()
          .onCommand(
              Persist.class,
              (count, persist) ->
                  Effect()
                      .persist(persist.events())
                      .thenReply(persist.replyTo(), state -> Done.getInstance()))
          .build();
    }

    @Override
    public EventHandler<Integer, TaskEvent> eventHandler() {
      return newEventHandlerBuilder().forAnyState().onAnyEvent((count, event) -> count + 1);
    }
  }
}

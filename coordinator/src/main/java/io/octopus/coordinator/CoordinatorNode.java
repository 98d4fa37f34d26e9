package io.octopus.coordinator;

import akka.Done;
import akka.actor.typed.ActorSystem;
import io.octopus.config.CoordinatorSettings;
import io.octopus.coordinator.store.CoordinatorLock;
import io.octopus.coordinator.store.DataFolder;
import io.octopus.coordinator.store.Schema;
import io.octopus.coordinator.store.Store;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running coordinator: its data folder, its databases and its actor system. */
public final class CoordinatorNode {

  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorNode.class);
  private static final int BLOCKING_THREADS = 8;

  private final ActorSystem<Void> system;
  private final CompletionStage<Done> ready;
  private final CompletionStage<Integer> terminated;

  private CoordinatorNode(
      ActorSystem<Void> system, CompletionStage<Done> ready, CompletionStage<Integer> terminated) {
    this.system = system;
    this.ready = ready;
    this.terminated = terminated;
  }

  /**
   * Takes the data folder, prepares the databases and starts.
   *
   * @throws io.octopus.coordinator.store.DataFolderInUse when another coordinator has the folder
   */
  public static CoordinatorNode start(CoordinatorSettings settings) {
    var data = new DataFolder(settings.store().dataDirectory());
    var lock = CoordinatorLock.take(data);
    Schema.prepare(data);
    var blocking = Executors.newFixedThreadPool(BLOCKING_THREADS, CoordinatorNode::daemon);
    var store = Store.open(data, blocking, InstantSource.system());
    var ready = new CompletableFuture<Done>();
    var parts = new CoordinatorGuardian.Parts(settings, store, blocking, InstantSource.system());
    var system =
        ActorSystem.create(CoordinatorGuardian.create(parts, ready), "octopus", settings.akka());
    var terminated =
        system
            .getWhenTerminated()
            .handle(
                (done, failure) -> {
                  close(store, blocking, lock);
                  boolean wasReady = ready.isDone() && !ready.isCompletedExceptionally();
                  ready.completeExceptionally(
                      new IllegalStateException("the coordinator stopped before it was ready"));
                  return failure == null && wasReady ? 0 : 1;
                });
    return new CoordinatorNode(system, ready, terminated);
  }

  private static void close(Store store, ExecutorService blocking, CoordinatorLock lock) {
    try (lock;
        store) {
      blocking.shutdown();
    } catch (RuntimeException failure) {
      LOG.error("the databases were not closed in good order", failure);
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "blocking");
    thread.setDaemon(true);
    return thread;
  }

  /** Completes when the API is served and the journal can commit. */
  public CompletionStage<Done> ready() {
    return ready;
  }

  /** Completes with the exit code of the process. */
  public CompletionStage<Integer> terminated() {
    return terminated;
  }

  /** Begins to stop in good order: says goodbye to the workers, ends what is being answered. */
  public void stop() {
    system.terminate();
  }
}

package io.octopus.worker;

import akka.Done;
import akka.actor.typed.ActorSystem;
import com.typesafe.config.ConfigFactory;
import io.octopus.config.WorkerSettings;
import io.octopus.plugin.run.PluginRunner;
import io.octopus.plugin.run.PluginRunners;
import io.octopus.plugin.run.UserRefusedException;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.worker.execution.FileFolder;
import io.octopus.worker.execution.OutputFolder;
import io.octopus.worker.link.MonotonicClock;
import io.octopus.worker.link.SeedProbe;
import io.octopus.worker.link.SpoolFiles;
import io.octopus.worker.link.WorkerIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: runs what coordinators give it and delivers the results, whatever becomes of the
 * coordinators, the network or the cluster meanwhile.
 *
 * <p>It owns two actor systems. The work, the spool and all memory live in a local one for the life
 * of the process; the cluster's is made anew whenever it ended. One per JVM: its {@link
 * Incarnation} stands for the process.
 */
public final class WorkerNode {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerNode.class);

  private final CompletableFuture<Done> ready = new CompletableFuture<>();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final CompletionStage<Integer> terminated;
  private final ActorSystem<WorkerGuardian.Command> work;

  private WorkerNode(WorkerParts parts, WorkerSettings settings, DataFolderLock lock) {
    work =
        ActorSystem.create(
            WorkerGuardian.create(parts, ready, exitCode),
            "octopus-work",
            ConfigFactory.parseResources(WorkerNode.class.getClassLoader(), "octopus-work.conf")
                .withFallback(settings.akka())
                .resolve());
    terminated =
        work.getWhenTerminated()
            .handle(
                (done, failure) -> {
                  close(parts.runner(), lock);
                  // Unless it was completed in order, the work ended by a defect.
                  exitCode.complete(1);
                  return exitCode.getNow(1);
                });
  }

  /** Starts a worker, which joins the cluster when it can. */
  public static WorkerNode start(WorkerSettings settings) {
    return start(settings, folder -> PluginRunners.forHost(HostSettings.of(settings, folder)));
  }

  /**
   * Starts a worker that runs plugins its own way.
   *
   * @param runners makes the runner, given a folder that no other process uses
   */
  static WorkerNode start(WorkerSettings settings, Function<Path, PluginRunner> runners) {
    var data = settings.dataDirectory().toAbsolutePath();
    try {
      // A new runner ends what an earlier process left behind, so nobody else may have the folder.
      var lock = DataFolderLock.take(data);
      try {
        return new WorkerNode(parts(settings, data, runners), settings, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (UserRefusedException e) {
      throw new WorkerStartException("octopus.client.run-as: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new WorkerStartException("cannot use the data folder " + data + ": " + e, e);
    }
  }

  private static WorkerParts parts(
      WorkerSettings settings, Path data, Function<Path, PluginRunner> runners) throws IOException {
    var identity =
        new WorkerIdentity(
            new WorkerName(settings.client().name()),
            new Incarnation(UUID.randomUUID().toString()));
    LOG.info("Worker {} is process {}", identity.name(), identity.incarnation());
    var runner = runners.apply(data.resolve("work"));
    return new WorkerParts(
        identity,
        MachineFacts.of(settings.client(), runner),
        runner,
        SpoolFiles.open(data.resolve("spool")),
        new OutputFolder(data.resolve("output")),
        new FileFolder(data.resolve("files")),
        data.resolve("plugins"),
        new ClusterSystems(settings),
        new SeedProbe(settings.cluster().seedNodes()),
        settings.client().stopGrace(),
        settings.result(),
        InstantSource.system(),
        MonotonicClock.system());
  }

  /** Completes when a coordinator has admitted this worker for the first time. */
  public CompletionStage<Done> ready() {
    return ready;
  }

  /** Completes when the worker has ended: 0 after {@link #stop}, 3 when it was not admitted. */
  public CompletionStage<Integer> terminated() {
    return terminated;
  }

  /** Ends the worker in good order, within its grace and five seconds. Returns at once. */
  public void stop() {
    work.tell(new WorkerGuardian.Stop());
  }

  private static void close(PluginRunner runner, DataFolderLock lock) {
    runner.close();
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("Releasing the data folder: {}", e.toString());
    }
  }
}

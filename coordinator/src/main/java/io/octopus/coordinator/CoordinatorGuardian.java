package io.octopus.coordinator;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.Join;
import akka.cluster.typed.SingletonActor;
import akka.http.javadsl.ServerBinding;
import akka.management.javadsl.AkkaManagement;
import akka.serialization.SerializationExtension;
import io.octopus.config.CoordinatorSettings;
import io.octopus.coordinator.dashboard.Changed;
import io.octopus.coordinator.dashboard.DashboardRoutes;
import io.octopus.coordinator.dashboard.EventRoutes;
import io.octopus.coordinator.dashboard.LiveFeed;
import io.octopus.coordinator.dashboard.LiveRows;
import io.octopus.coordinator.dispatch.Dispatcher;
import io.octopus.coordinator.dispatch.FleetFollower;
import io.octopus.coordinator.dispatch.Reattachment;
import io.octopus.coordinator.dispatch.WorkerCredits;
import io.octopus.coordinator.dispatch.WorkerGateway;
import io.octopus.coordinator.dispatch.WorkerRouter;
import io.octopus.coordinator.fleet.Fleet;
import io.octopus.coordinator.fleet.FleetBoard;
import io.octopus.coordinator.http.CatalogPlugins;
import io.octopus.coordinator.http.HttpServer;
import io.octopus.coordinator.http.Readiness;
import io.octopus.coordinator.http.StoredRows;
import io.octopus.coordinator.http.TaskDefaults;
import io.octopus.coordinator.plugin.PluginCatalog;
import io.octopus.coordinator.plugin.PluginStore;
import io.octopus.coordinator.schedule.HistoryKeeper;
import io.octopus.coordinator.schedule.Scheduler;
import io.octopus.coordinator.store.CommittedEvents;
import io.octopus.coordinator.store.FreshIds;
import io.octopus.coordinator.store.ProgressRows;
import io.octopus.coordinator.store.Retention;
import io.octopus.coordinator.store.Store;
import io.octopus.coordinator.task.DispatchNotice;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.coordinator.task.TaskEntity;
import io.octopus.coordinator.task.Tasks;
import io.octopus.plugin.archive.PluginReader;
import io.octopus.plugin.python.PythonInterpreter;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.WorkerProtocol;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The root of a coordinator and its table of contents: the only place that spawns top-level actors,
 * in the order in which data flows.
 *
 * <p>An actor here that fails for good stops the guardian, and with it the node: what starts it
 * again finds everything in the journal.
 */
public final class CoordinatorGuardian {

  /** What a coordinator is made of. */
  record Parts(CoordinatorSettings settings, Store store, Executor blocking, InstantSource clock) {}

  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorGuardian.class);
  private static final Executor AGAIN = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
  private static final Duration ANSWERS_END_WITHIN = Duration.ofSeconds(2);

  private final ActorContext<Void> context;
  private final Parts parts;
  private final FleetBoard board = new FleetBoard();
  private final WorkerCredits credits = new WorkerCredits(System::nanoTime);

  private CoordinatorGuardian(ActorContext<Void> context, Parts parts) {
    this.context = context;
    this.parts = parts;
  }

  /** Starts everything; {@code ready} completes when the API is served. */
  static Behavior<Void> create(Parts parts, CompletableFuture<Done> ready) {
    return Behaviors.setup(
        context -> {
          new CoordinatorGuardian(context, parts).start(ready);
          return Behaviors.empty();
        });
  }

  private void start(CompletableFuture<Done> ready) {
    var system = context.getSystem();
    joinCluster();
    var plugins =
        new PluginCatalog(
            parts.settings().plugins().directory(),
            parts.store().plugins(),
            new PluginReader(new PythonInterpreter(Path.of(parts.settings().python()))),
            parts.blocking(),
            parts.clock());
    Tasks tasks = new ShardedTasks(ClusterSharding.get(system));
    var fleet = fleet();
    var api = api(tasks, fleet, plugins);
    var feed = feed(api, plugins);
    var router = watched(context.spawn(WorkerRouter.create(credits, board), "worker-router"));
    var dispatcher = dispatcher(router, tasks, feed);
    shardTasks(plugins, dispatcher);
    var scheduler = scheduler(tasks);
    followFleet(fleet, router, dispatcher, tasks, feed, scheduler);
    gateway(fleet, router, tasks, feed);
    historyKeeper();
    sayGoodbye(router);
    plugins
        .start()
        .thenCompose(imported -> reachable(tasks))
        .thenCompose(reachable -> serve(system, api, feed))
        .whenComplete(
            (binding, failure) -> {
              if (failure == null) {
                ready.complete(Done.getInstance());
              } else {
                ready.completeExceptionally(failure);
                system.log().error("the coordinator cannot serve: it stops", failure);
                system.terminate();
              }
            });
    if (parts.settings().management().enabled()) {
      AkkaManagement.get(system).start();
    }
    onStop("close-plugins", CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), plugins::close);
  }

  private void joinCluster() {
    var cluster = Cluster.get(context.getSystem());
    if (parts.settings().cluster().seedNodes().isEmpty()) {
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
    }
  }

  private ActorRef<Fleet.Command> fleet() {
    var settings = parts.settings();
    var timing =
        new Fleet.Timing(
            settings.cluster().stableAfter(),
            settings.cluster().recoveryGrace(),
            settings.clientOfflineAfter());
    return ClusterSingleton.get(context.getSystem())
        .init(
            SingletonActor.of(
                restarting(
                    Fleet.create(
                        timing, new StoredClients(parts.store().clients(), board), parts.clock())),
                "fleet"));
  }

  private ActorRef<Dispatcher.Command> dispatcher(
      ActorRef<WorkerRouter.Command> router, Tasks tasks, ActorRef<LiveFeed.Command> feed) {
    var reasons = parts.store().pendingReasons();
    return watched(
        context.spawn(
            Dispatcher.create(
                router,
                credits,
                tasks,
                changed -> {
                  logged(reasons.explain(changed), "reasons were not written");
                  changed.keySet().forEach(id -> notice(feed, Changed.Kind.EXECUTION, id.value()));
                },
                parts.clock()),
            "dispatcher"));
  }

  private void shardTasks(PluginCatalog plugins, ActorRef<Dispatcher.Command> dispatcher) {
    var notices =
        watched(
            context.spawn(
                Behaviors.<DispatchNotice>receiveMessage(
                    notice -> {
                      dispatcher.tell(new Dispatcher.Notice(notice));
                      return Behaviors.same();
                    }),
                "dispatch-notices"));
    var surroundings =
        new TaskEntity.Surroundings(
            board,
            plugins,
            credits,
            notices,
            parts.clock(),
            () -> ThreadLocalRandom.current().nextDouble());
    ClusterSharding.get(context.getSystem())
        .init(
            Entity.of(
                    TaskEntity.KEY,
                    entity -> TaskEntity.create(new TaskId(entity.getEntityId()), surroundings))
                .withRole("coordinator")
                .withStopMessage(new TaskCommand.Passivate()));
  }

  private void followFleet(
      ActorRef<Fleet.Command> fleet,
      ActorRef<WorkerRouter.Command> router,
      ActorRef<Dispatcher.Command> dispatcher,
      Tasks tasks,
      ActorRef<LiveFeed.Command> feed,
      ActorRef<Scheduler.Command> scheduler) {
    var reattachment =
        watched(
            context.spawn(
                Reattachment.create(
                    new StoredWork(parts.store().unfinishedWork()), tasks, dispatcher),
                "reattachment"));
    var reasons = parts.store().pendingReasons();
    watched(
        context.spawn(
            FleetFollower.create(
                fleet,
                board,
                router,
                reattachment,
                new FleetFollower.Audience() {
                  @Override
                  public void isAway(WorkerName client, boolean away) {
                    var reason = away ? "client_offline" : null;
                    logged(reasons.explainRunningOn(client, reason), "reasons were not written");
                  }

                  @Override
                  public void changed(WorkerName client) {
                    notice(feed, Changed.Kind.CLIENT, client.value());
                  }

                  @Override
                  public void settled() {
                    scheduler.tell(new Scheduler.LookAgain());
                  }
                }),
            "fleet-follower"));
  }

  /**
   * Started when tasks can be woken and before anybody else reaches one, so that it hears of
   * everything they commit.
   */
  private ActorRef<Scheduler.Command> scheduler(Tasks tasks) {
    var alarms = new StoredAlarms(parts.store().alarms(), parts.store().unfinishedWork());
    var scheduler =
        ClusterSingleton.get(context.getSystem())
            .init(
                SingletonActor.of(
                    restarting(
                        Scheduler.create(
                            alarms,
                            (task, now) ->
                                tasks.<Done>ask(
                                    task, replyTo -> new TaskCommand.Wake(now, replyTo)),
                            parts.clock(),
                            System::nanoTime)),
                    "scheduler"));
    CommittedEvents.get(context.getSystem())
        .subscribe(
            events -> {
              var tasksToLookAt = ScheduleNews.of(events);
              if (!tasksToLookAt.isEmpty()) {
                scheduler.tell(new Scheduler.Changed(tasksToLookAt));
              }
            });
    return scheduler;
  }

  private void historyKeeper() {
    var history = parts.settings().history();
    var limits = new Retention.Limits(history.keep(), history.auditKeep(), history.keepRuns());
    var retention = parts.store().retention();
    ClusterSingleton.get(context.getSystem())
        .init(
            SingletonActor.of(
                restarting(
                    HistoryKeeper.create(
                        () -> {
                          var pass = retention.begin(limits);
                          return () ->
                              pass.step()
                                  .thenApply(step -> HistoryKeeper.Progress.valueOf(step.name()));
                        },
                        history.cleanEvery())),
                "history-keeper"));
  }

  private void gateway(
      ActorRef<Fleet.Command> fleet,
      ActorRef<WorkerRouter.Command> router,
      Tasks tasks,
      ActorRef<LiveFeed.Command> feed) {
    var files =
        watched(
            context.spawn(PluginStore.create(parts.store().plugins()::content), "plugin-store"));
    var output = parts.store().output();
    var progress = parts.store().progress();
    watched(
        context.spawn(
            WorkerGateway.create(
                new WorkerGateway.Receivers(
                    fleet,
                    router,
                    files,
                    tasks,
                    output::append,
                    new StoredFiles(parts.store().results(), parts.store().artefacts()),
                    (attempt, fraction, message) ->
                        progress
                            .write(Map.of(attempt, new ProgressRows.Progress(fraction, message)))
                            .whenComplete(
                                (done, failure) ->
                                    notice(
                                        feed,
                                        Changed.Kind.EXECUTION,
                                        attempt.execution().value())))),
            "worker-gateway"));
  }

  private ActorRef<LiveFeed.Command> feed(HttpServer.Parts api, PluginCatalog plugins) {
    var epoch = Long.toString(parts.clock().millis(), Character.MAX_RADIX);
    var feed =
        watched(
            context.spawn(
                LiveFeed.create(new LiveRows(api.rows(), api.plugins()), epoch), "live-feed"));
    plugins.onChange(name -> notice(feed, Changed.Kind.PLUGIN, name));
    return feed;
  }

  private static void notice(ActorRef<LiveFeed.Command> feed, Changed.Kind kind, String id) {
    feed.tell(new LiveFeed.Noticed(new Changed(kind, id)));
  }

  private HttpServer.Parts api(Tasks tasks, ActorRef<Fleet.Command> fleet, PluginCatalog plugins) {
    var store = parts.store();
    var defaults = parts.settings().task();
    return new HttpServer.Parts(
        tasks,
        new StoredRows(
            store.readModel(),
            store.history(SerializationExtension.get(context.getSystem())),
            store.unfinishedWork(),
            store.output(),
            store.artefacts()),
        new FleetCommands(context.getSystem(), fleet, store.audit()),
        new CatalogPlugins(plugins),
        new TaskDefaults(defaults.maxAttempts(), defaults.timeout(), ZoneId.systemDefault()),
        board,
        readiness(),
        version(),
        parts.clock(),
        new SecureRandom(),
        FreshIds.get(context.getSystem())::add);
  }

  private CompletionStage<ServerBinding> serve(
      ActorSystem<?> system, HttpServer.Parts api, ActorRef<LiveFeed.Command> feed) {
    var more = List.of(new EventRoutes(feed, system).routes(), new DashboardRoutes().create());
    return HttpServer.start(system, parts.settings().server(), api, more)
        .thenApply(binding -> binding.addToCoordinatedShutdown(ANSWERS_END_WITHIN, system));
  }

  /**
   * Answers only when a task can be reached and its journal can be read, however long that takes: a
   * locked database or a busy machine must not end a coordinator.
   */
  private CompletionStage<Done> reachable(Tasks tasks) {
    var system = context.getSystem();
    var clock = parts.clock();
    return tasks
        .<Done>ask(new TaskId("ready"), replyTo -> new TaskCommand.Wake(clock.instant(), replyTo))
        .exceptionallyCompose(
            failure -> {
              if (CoordinatedShutdown.get(system).getShutdownReason().isPresent()) {
                return CompletableFuture.failedStage(failure);
              }
              system.log().warn("no task can be reached yet: {}", failure.toString());
              return CompletableFuture.runAsync(() -> {}, AGAIN)
                  .thenCompose(waited -> reachable(tasks));
            });
  }

  private Readiness readiness() {
    var cluster = Cluster.get(context.getSystem());
    return () ->
        cluster.selfMember().status().equals(MemberStatus.up())
            ? Optional.empty()
            : Optional.of("this coordinator is not a member of its cluster yet, or any more");
  }

  private void sayGoodbye(ActorRef<WorkerRouter.Command> router) {
    onStop(
        "say-goodbye",
        CoordinatedShutdown.PhaseBeforeServiceUnbind(),
        () -> router.tell(new WorkerRouter.Broadcast(new WorkerProtocol.Goodbye())));
  }

  private void onStop(String name, String phase, Runnable task) {
    CoordinatedShutdown.get(context.getSystem())
        .addTask(
            phase,
            name,
            () -> {
              task.run();
              return CompletableFuture.completedFuture(Done.getInstance());
            });
  }

  /** An actor without which the coordinator cannot go on: its end is the guardian's end. */
  private <T> ActorRef<T> watched(ActorRef<T> actor) {
    context.watch(actor);
    return actor;
  }

  private static <T> Behavior<T> restarting(Behavior<T> behavior) {
    return Behaviors.supervise(behavior)
        .onFailure(
            SupervisorStrategy.restartWithBackoff(
                Duration.ofMillis(200), Duration.ofSeconds(5), 0.1));
  }

  /** What is derived and was not written is written with the next change. */
  private static void logged(CompletionStage<Done> written, String problem) {
    written.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            LOG.warn(problem, failure);
          }
        });
  }

  private static String version() {
    return Optional.ofNullable(CoordinatorGuardian.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}

package io.octopus.bench;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Routers;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.WorkerProtocol;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How long a task for ALL takes on a large fleet, from the POST until every attempt is started and
 * until all is final. The coordinator and the protocol are the real ones; the workers are stand-ins
 * that share a few actor systems in this process.
 *
 * <p>Arguments, all optional: workers, rounds, actor systems.
 */
public final class FanOut {

  /** Until the code that runs them is compiled. */
  private static final int WARM_UP_ROUNDS = 6;

  private FanOut() {}

  public static void main(String[] arguments) throws Exception {
    int workers = Arguments.number(arguments, 0, 1000);
    int rounds = Arguments.number(arguments, 1, 5);
    int systems = Arguments.number(arguments, 2, 4);
    int all = workers / systems * systems;
    Set<AttemptId> started = ConcurrentHashMap.newKeySet();
    var nodes = new ArrayList<ActorSystem<Void>>();
    try (var octopus = new Installed();
        var connection = new Connection(octopus.apiPort());
        var rows = new FinalRows(octopus.data())) {
      NoOp.python(octopus.plugins());
      for (int n = 0; n < systems; n++) {
        nodes.add(system(octopus.clusterPort(), n, workers / systems, started));
      }
      await(() -> online(octopus) == all);
      System.out.println(Machine.describe(all + " stand-in workers in one process"));
      for (int round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
        started.clear();
        long before = rows.count();
        long start = System.nanoTime();
        Posts.accepted(
            connection.post("/tasks", "{\"owner\":\"ALL\",\"plugin\":\"" + NoOp.PYTHON + "\"}"));
        double accepted = (System.nanoTime() - start) / 1e9;
        await(() -> started.size() == all);
        double allStarted = (System.nanoTime() - start) / 1e9;
        rows.await(before + all);
        System.out.printf(
            "%s accepted %.2f s, all started %.2f s, all final %.2f s%n",
            round <= 0 ? "warm-up:" : "round " + round + ":",
            accepted,
            allStarted,
            (System.nanoTime() - start) / 1e9);
      }
    } finally {
      nodes.forEach(ActorSystem::terminate);
    }
  }

  private static ActorSystem<Void> system(
      int seed, int number, int workers, Set<AttemptId> started) {
    var config =
        ConfigFactory.parseMap(
                Map.of(
                    "akka.remote.artery.canonical.hostname",
                    "127.0.0.1",
                    "akka.remote.artery.canonical.port",
                    0,
                    "akka.cluster.seed-nodes",
                    List.of("akka://octopus@127.0.0.1:" + seed),
                    "akka.cluster.roles",
                    List.of("worker"),
                    "akka.loglevel",
                    "WARNING"))
            .withFallback(ConfigFactory.parseResources("cluster.conf"))
            .withFallback(ConfigFactory.parseResources("serialization.conf"))
            .withFallback(ConfigFactory.load());
    return ActorSystem.create(
        Behaviors.setup(
            context -> {
              ActorRef<WorkerProtocol.ToCoordinator> coordinators =
                  context.spawn(
                      Routers.group(WorkerProtocol.COORDINATORS).withRoundRobinRouting(),
                      "coordinators");
              for (int n = 0; n < workers; n++) {
                var name = new WorkerName("pc-" + number + "-" + n);
                context.spawn(
                    StandInWorker.create(
                        name,
                        new Incarnation(UUID.randomUUID().toString()),
                        coordinators,
                        started::add,
                        InstantSource.system()),
                    name.value());
              }
              return Behaviors.empty();
            }),
        "octopus",
        config);
  }

  private static int online(Installed octopus) {
    try (var connection = new Connection(octopus.apiPort())) {
      return new ObjectMapper()
          .readTree(connection.get("/status").body())
          .path("clients")
          .path("online")
          .asInt();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private static void await(BooleanSupplier reached) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not reached within three minutes");
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}

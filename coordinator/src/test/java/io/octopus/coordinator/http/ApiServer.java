package io.octopus.coordinator.http;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.http.javadsl.ServerBinding;
import io.octopus.config.ServerSettings;
import io.octopus.coordinator.dashboard.EventRoutes;
import io.octopus.coordinator.dashboard.LiveFeed;
import io.octopus.coordinator.dashboard.LiveRows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The API on a free port, on top of fakes. */
final class ApiServer implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-23T15:04:05Z");

  final ActorTestKit kit = ActorTestKit.create();
  final FakeTasks tasks = new FakeTasks(kit.system());
  final FakeRows rows = new FakeRows();
  final FakePlugins plugins = new FakePlugins();
  final FakeClients clients = new FakeClients();
  final FakeFleet fleet = new FakeFleet();
  final ActorRef<LiveFeed.Command> feed =
      kit.spawn(LiveFeed.create(new LiveRows(rows, plugins), "test"));
  volatile Optional<String> obstacle = Optional.empty();

  private final ServerBinding binding;

  ApiServer() {
    HttpServer.Parts parts =
        new HttpServer.Parts(
            tasks,
            rows,
            clients,
            plugins,
            new TaskDefaults(3, Duration.ofHours(1), ZoneId.of("Europe/Berlin")),
            fleet,
            () -> obstacle,
            "0.1.0",
            InstantSource.fixed(NOW),
            new Random(7),
            id -> {});
    binding =
        HttpServer.start(
                kit.system(),
                new ServerSettings("127.0.0.1", 0, false, Set.of("octopus.example")),
                parts,
                List.of(new EventRoutes(feed, kit.system()).routes()))
            .toCompletableFuture()
            .join();
  }

  int port() {
    return binding.localAddress().getPort();
  }

  ContractClient client() {
    return new ContractClient(port());
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}

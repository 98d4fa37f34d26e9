package io.octopus.worker;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.octopus.config.WorkerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts cluster actor systems one after another, on the same port if it is free. */
final class ClusterSystems {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterSystems.class);
  private static final String PORT = "akka.remote.artery.canonical.port";
  private static final int TRIES = 100;

  /** A cluster system that ends has nothing to leave in order: what it serves goes on. */
  private static final Config OVERRIDES =
      ConfigFactory.parseString(
          """
          akka.coordinated-shutdown.run-by-actor-system-terminate = off
          akka.coordinated-shutdown.run-by-jvm-shutdown-hook = off
          akka.coordinated-shutdown.exit-jvm = off
          """);

  private final WorkerSettings settings;
  private int port;

  ClusterSystems(WorkerSettings settings) {
    this.settings = settings;
    this.port = settings.cluster().port();
  }

  /** Empty when it could not be started: worth another try. */
  <T> Optional<ActorSystem<T>> start(Behavior<T> guardian) {
    chooseFreePort();
    try {
      var config =
          OVERRIDES
              .withValue(PORT, ConfigValueFactory.fromAnyRef(port))
              .withFallback(settings.akka());
      return Optional.of(ActorSystem.create(guardian, "octopus", config));
    } catch (RuntimeException e) {
      // Whatever hindered it, most likely a port taken since, may be over in a moment.
      LOG.warn("Could not start on port {}: {}", port, e.toString());
      return Optional.empty();
    }
  }

  private void chooseFreePort() {
    if (port == 0) {
      return;
    }
    for (var candidate = port; candidate < port + TRIES; candidate++) {
      if (isFree(candidate)) {
        if (candidate != port) {
          LOG.info("Port {} is taken, using {}", port, candidate);
        }
        port = candidate;
        return;
      }
    }
  }

  private boolean isFree(int candidate) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(
          new InetSocketAddress(InetAddress.getByName(settings.cluster().host()), candidate));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

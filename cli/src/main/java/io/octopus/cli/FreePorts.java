package io.octopus.cli;

import io.octopus.config.ClusterSettings;
import io.octopus.config.CoordinatorSettings;
import io.octopus.config.ManagementSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Looks whether a node's ports are free before anything is started: the actor system would find out
 * too, but only after seconds and with many words.
 */
final class FreePorts {
  private FreePorts() {}

  static void require(CoordinatorSettings settings) {
    require("server.port", settings.server().host(), settings.server().port());
    require(settings.cluster());
    ManagementSettings management = settings.management();
    if (management.enabled()) {
      require("management.port", management.host(), management.port());
    }
  }

  static void require(ClusterSettings cluster) {
    require("cluster.port", cluster.host(), cluster.port());
  }

  /** A port that nobody uses at this moment. */
  static int any() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(String key, String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (BindException e) {
      if (isTaken(e)) {
        throw new PortInUseException(key, host, port);
      }
    } catch (IOException e) {
      // Not a question of the port: the node itself will say what it is.
      return;
    }
  }

  private static boolean isTaken(BindException failure) {
    return String.valueOf(failure.getMessage()).contains("in use");
  }
}

package io.octopus.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Finds a TCP port that nobody uses.
 *
 * <p>Workers started at the same moment would all find the same one before any of them listens on
 * it, so a found port is also claimed, by a file lock that lasts as long as the process.
 */
final class FreePort {
  static final int NONE = -1;

  static final int TRIES = 100;

  /** Keeps the claims of this process from being collected and thereby released. */
  private static final Collection<FileLock> CLAIMS = new ConcurrentLinkedQueue<>();

  private FreePort() {}

  /** The first free port from {@code first} on, or {@link #NONE}. */
  static int from(String host, int first) {
    for (int port = first; port <= first + TRIES; port++) {
      if (isFree(host, port) && claim(port)) {
        return port;
      }
    }
    return NONE;
  }

  /** Whether this machine can listen on the address at all. */
  static boolean isOwn(String host) {
    return isFree(host, 0);
  }

  private static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Without a place for the lock (another user's file, no temporary folder) the look at the port
   * has to do.
   */
  private static boolean claim(int port) {
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "octopus-port-" + port + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return false;
      }
      CLAIMS.add(lock);
      return true;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}

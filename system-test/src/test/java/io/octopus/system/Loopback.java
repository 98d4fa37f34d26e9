package io.octopus.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Looks whether somebody listens on this machine. */
final class Loopback {
  private Loopback() {}

  static boolean listensOn(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }
}

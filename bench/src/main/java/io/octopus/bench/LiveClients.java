package io.octopus.bench;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Those who follow everything that changes, as an open dashboard does; they read nothing more. */
final class LiveClients implements Closeable {

  private final List<Socket> sockets = new ArrayList<>();

  /** Opens so many and waits until each is being served. */
  LiveClients(int port, int clients) throws IOException {
    for (int n = 0; n < clients; n++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      socket
          .getOutputStream()
          .write(
              "GET /events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n\r\n"
                  .formatted(port)
                  .getBytes(StandardCharsets.US_ASCII));
      awaitEvents(socket);
    }
  }

  int count() {
    return sockets.size();
  }

  private static void awaitEvents(Socket socket) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id:")) {
        return;
      }
    }
    throw new IOException("the stream of events ended");
  }

  @Override
  public void close() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
  }
}

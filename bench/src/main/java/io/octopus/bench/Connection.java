package io.octopus.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection, one request after another. As little as can be, so that what
 * is measured is the server: a full client costs about as much as the request itself.
 */
final class Connection implements Closeable {

  private final Socket socket;
  private final InputStream in;
  private final byte[] host;

  Connection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    host = ("Host: 127.0.0.1:" + port + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** A status and a body. */
  record Answer(int status, String body) {}

  Answer get(String path) throws IOException {
    return exchange("GET " + path + " HTTP/1.1\r\n", "");
  }

  Answer post(String path, String json) throws IOException {
    return exchange("POST " + path + " HTTP/1.1\r\nContent-Type: application/json\r\n", json);
  }

  private Answer exchange(String head, String body) throws IOException {
    var content = body.getBytes(StandardCharsets.UTF_8);
    var start =
        (head + "Content-Length: " + content.length + "\r\n").getBytes(StandardCharsets.US_ASCII);
    var message = new byte[start.length + host.length + 2 + content.length];
    System.arraycopy(start, 0, message, 0, start.length);
    System.arraycopy(host, 0, message, start.length, host.length);
    message[start.length + host.length] = '\r';
    message[start.length + host.length + 1] = '\n';
    System.arraycopy(content, 0, message, message.length - content.length, content.length);
    socket.getOutputStream().write(message);
    return answer();
  }

  private Answer answer() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    for (var line = line(); !line.isEmpty(); line = line()) {
      var header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      }
      chunked |= header.startsWith("transfer-encoding: chunked");
    }
    return new Answer(status, chunked ? chunks() : text(length));
  }

  private String chunks() throws IOException {
    var all = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line().strip(), 16);
      all.append(text(size));
      line();
      if (size == 0) {
        return all.toString();
      }
    }
  }

  private String text(int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the connection ended within an answer");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package io.octopus.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers what a test laid down for a method and path, the last answer again and again, and
 * remembers what was asked.
 */
final class LocalServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Deque<Reply>> replies = new HashMap<>();
  private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

  record Reply(int status, String body, Map<String, String> headers) {}

  record Call(String method, String uri, Map<String, List<String>> headers, String body) {}

  LocalServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  LocalServer on(String methodAndUri, int status, String body) {
    return on(methodAndUri, new Reply(status, body, Map.of("Content-Type", "application/json")));
  }

  LocalServer on(String methodAndUri, Reply reply) {
    replies.computeIfAbsent(methodAndUri, any -> new ArrayDeque<>()).add(reply);
    return this;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Call lastCall() {
    return calls.get(calls.size() - 1);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    calls.add(
        new Call(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders()),
            body));
    Deque<Reply> laid = replies.getOrDefault(key, new ArrayDeque<>());
    Reply reply =
        laid.isEmpty()
            ? new Reply(404, "{\"title\":\"Not Found\",\"detail\":\"no " + key + "\"}", Map.of())
            : laid.size() > 1 ? laid.pop() : laid.peek();
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

package io.octopus.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Speaks the HTTP API of one server; answers JSON or throws {@link ApiFailure} in the server's
 * words.
 */
final class ApiClient {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final String server;
  private final String token;

  /** An empty token means none. */
  ApiClient(String server, String token) {
    this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    this.token = token;
  }

  JsonNode get(String path) {
    return json(send("GET", path, BodyPublishers.noBody(), Map.of()));
  }

  /** A page of plain text. */
  TextPage text(String path) {
    HttpResponse<byte[]> answer = send("GET", path, BodyPublishers.noBody(), Map.of());
    return new TextPage(
        new String(answer.body(), StandardCharsets.UTF_8),
        answer.headers().firstValueAsLong("X-Next-Offset").orElse(-1),
        answer.headers().firstValueAsLong("X-Attempt").orElse(1));
  }

  /** Saves what the server answers, whole or not at all. */
  void download(String path, Path target) {
    byte[] content = send("GET", path, BodyPublishers.noBody(), Map.of()).body();
    try {
      Files.write(target, content);
    } catch (IOException e) {
      throw ApiFailure.usage(target + " cannot be written: " + e.getMessage());
    }
  }

  JsonNode post(String path) {
    return json(send("POST", path, BodyPublishers.noBody(), Map.of()));
  }

  JsonNode post(String path, JsonNode body, Map<String, String> headers) {
    BodyPublisher publisher = BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8);
    Map<String, String> all = new HashMap<>(headers);
    all.put("Content-Type", "application/json");
    return json(send("POST", path, publisher, all));
  }

  JsonNode put(String path, byte[] body, String contentType) {
    return json(
        send("PUT", path, BodyPublishers.ofByteArray(body), Map.of("Content-Type", contentType)));
  }

  /** A file, byte by byte. */
  byte[] bytes(String path) {
    return send("GET", path, BodyPublishers.noBody(), Map.of()).body();
  }

  void delete(String path) {
    send("DELETE", path, BodyPublishers.noBody(), Map.of());
  }

  /** Output of one attempt and where to go on; -1 when the server did not say. */
  record TextPage(String text, long nextOffset, long attempt) {}

  private HttpResponse<byte[]> send(
      String method, String path, BodyPublisher body, Map<String, String> headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server + path)).timeout(ANSWER).method(method, body);
      headers.forEach(request::header);
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 300) {
        throw ApiFailure.refused(answer.statusCode(), words(answer));
      }
      return answer;
    } catch (IllegalArgumentException e) {
      throw ApiFailure.usage("not a server's address: " + server + " (" + e.getMessage() + ")");
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw ApiFailure.notReached(server, why);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiFailure.notReached(server, "interrupted");
    }
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    if (answer.body().length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      return JSON.getNodeFactory().textNode(new String(answer.body(), StandardCharsets.UTF_8));
    }
  }

  /** The problem's own words, else the status. */
  private static String words(HttpResponse<byte[]> answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    try {
      JsonNode problem = JSON.readTree(body);
      StringJoiner words = new StringJoiner("; ");
      String detail = problem.path("detail").asText("");
      words.add(
          answer.statusCode()
              + " "
              + (detail.isEmpty() ? problem.path("title").asText("") : detail));
      for (JsonNode error : problem.path("errors")) {
        // A problem with one field has said it already.
        if (!detail.contains(error.path("message").asText())) {
          words.add(error.path("field").asText() + ": " + error.path("message").asText());
        }
      }
      return words.toString();
    } catch (JsonProcessingException e) {
      return answer.statusCode() + " " + body.strip();
    }
  }
}

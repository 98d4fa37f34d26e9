package io.octopus.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** What the server answered. */
public record Answer(int status, HttpHeaders headers, String body) {
  static final ObjectMapper JSON = new ObjectMapper();

  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (IOException broken) {
      throw new UncheckedIOException("no JSON: " + body, broken);
    }
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  String contentType() {
    return header("Content-Type").orElse("");
  }

  /** This answer, if it has the status; otherwise the test fails and shows it. */
  public Answer expect(int wanted) {
    if (status != wanted) {
      throw new AssertionError("expected " + wanted + ", got " + status + ": " + body);
    }
    return this;
  }
}

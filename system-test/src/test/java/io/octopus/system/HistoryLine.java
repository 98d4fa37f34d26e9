package io.octopus.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** One event of a task's history as the API shows it. */
public record HistoryLine(JsonNode json) {
  /** Counts the events of the task. */
  public long number() {
    return json.path("number").asLong();
  }

  public Instant at() {
    return Instant.parse(json.path("at").asText());
  }

  public String event() {
    return json.path("event").asText();
  }
}

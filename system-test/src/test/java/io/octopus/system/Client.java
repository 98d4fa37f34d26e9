package io.octopus.system;

import com.fasterxml.jackson.databind.JsonNode;

/** A worker as the API shows it. */
public record Client(JsonNode json) {
  public String name() {
    return json.path("name").asText();
  }

  public String status() {
    return json.path("status").asText();
  }

  public String why() {
    return json.path("why").asText();
  }
}

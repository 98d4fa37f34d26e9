package io.octopus.system;

import com.fasterxml.jackson.databind.JsonNode;

/** A task as the API shows it. */
public record Task(JsonNode json) {
  public String id() {
    return json.path("id").asText();
  }

  public String name() {
    return json.path("name").asText();
  }

  public String owner() {
    return json.path("owner").asText();
  }

  public String status() {
    return json.path("status").asText();
  }

  public boolean isFinished() {
    return switch (status()) {
      case "Completed", "Failed", "Cancelled" -> true;
      default -> false;
    };
  }
}

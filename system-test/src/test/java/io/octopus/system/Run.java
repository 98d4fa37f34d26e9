package io.octopus.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** One firing of a task as the API shows it. */
record Run(JsonNode json) {
  String id() {
    return json.path("id").asText();
  }

  String status() {
    return json.path("status").asText();
  }

  String trigger() {
    return json.path("trigger").asText();
  }

  List<String> targets() {
    return StreamSupport.stream(json.path("targets").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}

package io.octopus.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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

  String reason() {
    return json.path("reason").asText();
  }

  Instant fireTime() {
    return Instant.parse(json.path("fire_time").asText());
  }

  /** The nominal times that it accounts for, if they are so far apart. */
  List<Instant> times(Duration apart) {
    if (!status().equals("Skipped")) {
      return List.of(fireTime());
    }
    var times =
        Stream.iterate(fireTime(), time -> time.plus(apart))
            .limit(json.path("skipped_count").asLong())
            .toList();
    var until = Instant.parse(json.path("fire_time_until").asText());
    if (!times.get(times.size() - 1).equals(until)) {
      throw new AssertionError("ends with " + until + " but has " + times + ": " + json);
    }
    return times;
  }

  List<String> targets() {
    return StreamSupport.stream(json.path("targets").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}

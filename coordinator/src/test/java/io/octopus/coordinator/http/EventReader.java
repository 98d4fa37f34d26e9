package io.octopus.coordinator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a stream of server-sent events one by one. */
final class EventReader implements AutoCloseable {
  private final Stream<String> stream;
  private final Iterator<String> lines;

  EventReader(Stream<String> lines) {
    this.stream = lines;
    this.lines = lines.iterator();
  }

  /** An event; the name of one that only marks a position is empty. */
  record Received(String name, String id, JsonNode data) {}

  /** The next event, comments left out. */
  Received next() {
    Map<String, String> fields = new HashMap<>();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.isEmpty() && fields.containsKey("id")) {
        return new Received(
            fields.getOrDefault("event", ""),
            fields.getOrDefault("id", ""),
            SampleRows.json(fields.getOrDefault("data", "{}")));
      }
      int colon = line.indexOf(": ");
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    throw new AssertionError("the stream has ended");
  }

  @Override
  public void close() {
    stream.close();
  }
}

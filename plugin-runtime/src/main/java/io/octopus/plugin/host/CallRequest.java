package io.octopus.plugin.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What one call is asked to do.
 *
 * @param args a JSON array
 * @param kwargs a JSON object
 * @param directory makes the execution's own folder, when it is not there yet
 * @param variables those that say which execution it is
 */
public record CallRequest(
    Path file,
    String action,
    String args,
    String kwargs,
    long maxResultBytes,
    Supplier<Path> directory,
    Map<String, String> variables) {

  static CallRequest read(byte[] content, ObjectMapper json) throws IOException {
    JsonNode node = json.readTree(content);
    var variables = new LinkedHashMap<String, String>();
    node.path("environment")
        .properties()
        .forEach(variable -> variables.put(variable.getKey(), variable.getValue().asText()));
    var directory = Path.of(node.path("directory").asText());
    return new CallRequest(
        Path.of(node.path("file").asText()),
        node.path("action").asText(),
        node.path("args").asText(),
        node.path("kwargs").asText(),
        node.path("max_result_bytes").asLong(),
        () -> directory,
        variables);
  }

  /** A variable without its prefix. */
  String variable(String name) {
    return variables.getOrDefault("OCTOPUS_" + name, "");
  }
}

package io.octopus.coordinator.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.octopus.coordinator.task.AttemptRecord;
import io.octopus.coordinator.task.PlannedExecution;
import io.octopus.coordinator.task.RetryPolicy;
import io.octopus.coordinator.task.RunCounts;
import io.octopus.coordinator.task.RunStatus;
import io.octopus.coordinator.task.SkippedClient;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.RunId;
import io.octopus.protocol.work.AttemptError;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values as the API shows them, as the JSON text or number that a column holds. */
final class JsonText {

  /** Numbers are shown as they were written: a plugin's result is the user's, not ours. */
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonText() {}

  /** Whole seconds as a whole number, for eyes. */
  static Number seconds(Duration duration) {
    if (duration.toMillisPart() == 0) {
      return duration.toSeconds();
    }
    return duration.toMillis() / 1000.0;
  }

  static String labels(Map<String, String> labels) {
    return write(MAPPER.valueToTree(new TreeMap<>(labels)));
  }

  static String retry(RetryPolicy retry) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("max_attempts", retry.maxAttempts());
    json.set("delay", MAPPER.valueToTree(seconds(retry.delay())));
    json.put("multiplier", retry.multiplier());
    json.set("max_delay", MAPPER.valueToTree(seconds(retry.maxDelay())));
    json.put("jitter", retry.jitter());
    json.put("on_lost", retry.onLost());
    return write(json);
  }

  static String pending(int executions) {
    return counts(new RunCounts(executions, 0, 0, 0, 0, 0, 0, 0));
  }

  static String counts(RunCounts counts) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("pending", counts.pending());
    json.put("running", counts.running());
    json.put("completed", counts.completed());
    json.put("failed", counts.failed());
    json.put("timed_out", counts.timedOut());
    json.put("cancelled", counts.cancelled());
    json.put("lost", counts.lost());
    json.put("skipped", counts.skipped());
    return write(json);
  }

  static String lastRun(RunId run, RunStatus status, @Nullable Instant finishedAt, String counts) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", run.value());
    json.put("status", status.name());
    json.put("finished_at", finishedAt == null ? null : TimeText.of(finishedAt));
    json.set("counts", read(counts));
    return write(json);
  }

  /** The clients' names; an execution that any client may run has the target Anyone. */
  static String targets(List<PlannedExecution> executions) {
    ArrayNode json = MAPPER.createArrayNode();
    for (PlannedExecution execution : executions) {
      json.add(execution.client() == null ? "Anyone" : execution.client().value());
    }
    return write(json);
  }

  static String skipped(List<SkippedClient> skipped) {
    ArrayNode json = MAPPER.createArrayNode();
    for (SkippedClient client : skipped) {
      json.addObject().put("client", client.client().value()).put("reason", client.reason());
    }
    return write(json);
  }

  /** A plugin of which no version is pinned yet. */
  static String plugin(String name) {
    return write(MAPPER.createObjectNode().put("name", name).putNull("version").putNull("sha256"));
  }

  static String plugin(PluginRef plugin) {
    return write(
        MAPPER
            .createObjectNode()
            .put("name", plugin.name())
            .put("version", plugin.version())
            .put("sha256", plugin.sha256()));
  }

  static String attempts(List<AttemptRecord> attempts) {
    ArrayNode json = MAPPER.createArrayNode();
    for (AttemptRecord attempt : attempts) {
      json.addObject()
          .put("number", attempt.number())
          .put("client", attempt.client().value())
          .put("started_at", TimeText.of(attempt.startedAt()))
          .put(
              "finished_at",
              attempt.finishedAt() == null ? null : TimeText.of(attempt.finishedAt()))
          .put("outcome", attempt.outcome())
          .put("reason", attempt.reason());
    }
    return write(json);
  }

  static String error(AttemptError error) {
    return write(
        MAPPER
            .createObjectNode()
            .put("type", error.type())
            .put("message", error.message())
            .put("traceback", error.traceback()));
  }

  static String write(JsonNode json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a JSON tree could not be written", impossible);
    }
  }

  /** A text that is JSON as it is; any other as a JSON string. Reads it without keeping it. */
  static String asJson(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      boolean isValue = parser.nextToken() != null;
      parser.skipChildren();
      return isValue && parser.nextToken() == null ? text : write(TextNode.valueOf(text));
    } catch (IOException noJson) {
      return write(TextNode.valueOf(text));
    }
  }

  /** What is nested too deeply to be read, or has numbers that are too long, is shown as text. */
  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException tooMuch) {
      return TextNode.valueOf(text);
    }
  }
}

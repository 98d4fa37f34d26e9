package io.octopus.plugin.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds a script's result in its stdout: the last line, when it is a JSON object. */
final class ScriptResult {

  private final long longest;
  private final ObjectMapper json;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private String last = "";
  private long lineBytes;
  private boolean lastWasCut;

  ScriptResult(long longest, ObjectMapper json) {
    this.longest = longest;
    this.json = json;
  }

  synchronized void add(byte[] bytes) {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        append(bytes, start, i);
        endLine();
        start = i + 1;
      }
    }
    append(bytes, start, bytes.length);
  }

  /** One byte more than allowed is kept of a line: enough to know that it is too long. */
  private void append(byte[] bytes, int from, int to) {
    int room = (int) Math.min(to - from, Math.max(0, longest + 1 - line.size()));
    line.write(bytes, from, room);
    lineBytes += to - from;
  }

  private void endLine() {
    var text = line.toString(StandardCharsets.UTF_8).strip();
    if (!text.isEmpty()) {
      last = text;
      lastWasCut = lineBytes > longest;
    }
    line.reset();
    lineBytes = 0;
  }

  /** What the script's end means. */
  synchronized ActionOutcome outcome(int code, String tail) {
    endLine();
    if (lastWasCut && last.startsWith("{")) {
      return Failures.failed(
          FailureReason.RESULT_TOO_LARGE,
          "ResultTooLarge",
          "The result has more than " + longest + " bytes");
    }
    var object = object();
    if (code == 0) {
      return object
          .<ActionOutcome>map(node -> new ActionOutcome.Completed(last, messageOf(node)))
          .orElseGet(() -> new ActionOutcome.Completed(Failures.exitJson(code, tail), null));
    }
    var failed = Failures.exit("The script ended with " + Failures.describe(code), code, tail);
    return object.isEmpty()
        ? failed
        : new ActionOutcome.Failed(failed.reason(), failed.error(), last);
  }

  private Optional<JsonNode> object() {
    if (!last.startsWith("{")) {
      return Optional.empty();
    }
    try {
      var node = json.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(last);
      return Optional.of(node).filter(JsonNode::isObject);
    } catch (JsonProcessingException noJson) {
      return Optional.empty();
    }
  }

  private static @Nullable String messageOf(JsonNode result) {
    var message = result.path("message");
    return message.isTextual() ? message.textValue() : null;
  }
}

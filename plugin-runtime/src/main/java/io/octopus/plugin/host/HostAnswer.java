package io.octopus.plugin.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended, in the words that all languages' hosts use: a header and the result's JSON.
 *
 * @param head {@code outcome}, and {@code message} or {@code reason} and {@code error}
 */
public record HostAnswer(ObjectNode head, String resultJson) {

  private static final Set<String> DONE = Set.of("success", "ok", "completed");
  private static final Set<String> NOT_DONE = Set.of("failed", "error");
  private static final int LONGEST_MESSAGE = 16 * 1024;
  private static final int LONGEST_TRACE = 128 * 1024;
  private static final String NOTHING = "null";

  /** Judges what an action returned: a status in it says whether the work was done. */
  static HostAnswer returned(JsonNode result, long limit, ObjectMapper json) {
    String text;
    try {
      text = json.writeValueAsString(result);
    } catch (JsonProcessingException problem) {
      return failed("exception", "ResultNotWritten", String.valueOf(problem.getMessage()), null);
    }
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    if (size > limit) {
      return failed(
          "result_too_large",
          "ResultTooLarge",
          "The result has %d bytes of JSON; at most %d are kept".formatted(size, limit),
          null);
    }
    var problem = reportedProblem(result);
    if (problem.isPresent()) {
      var head = failed("bad_result", "ReportedFailure", problem.get(), null).head();
      return new HostAnswer(head, text);
    }
    var head = JsonNodeFactory.instance.objectNode().put("outcome", "completed");
    var message = result.path("message");
    return new HostAnswer(
        message.isTextual() ? head.put("message", message.textValue()) : head, text);
  }

  static HostAnswer failed(String reason, String type, String message, @Nullable String traceback) {
    var head = JsonNodeFactory.instance.objectNode().put("outcome", "failed").put("reason", reason);
    head.putObject("error")
        .put("type", type)
        .put("message", message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)))
        .put(
            "traceback",
            traceback == null
                ? null
                : traceback.substring(0, Math.min(traceback.length(), LONGEST_TRACE)));
    return new HostAnswer(head, NOTHING);
  }

  private static Optional<String> reportedProblem(JsonNode result) {
    var word = result.path("status").asText("").strip().toLowerCase(Locale.ROOT);
    boolean said = result.path("status").isTextual();
    if (said && DONE.contains(word)) {
      return Optional.empty();
    }
    boolean notDone = said && NOT_DONE.contains(word);
    var code = statusCode(result.path("status_code"));
    if (!notDone && (code.isEmpty() || (code.get() >= 200 && code.get() <= 299))) {
      return Optional.empty();
    }
    for (var name : new String[] {"message", "error"}) {
      var words = result.path(name);
      if (words.isTextual() && !words.textValue().isEmpty()) {
        return Optional.of(words.textValue());
      } else if ((words.isContainerNode() && !words.isEmpty()) || words.isNumber()) {
        return Optional.of(words.toString());
      }
    }
    return Optional.of(
        "The action returned status " + (notDone ? word : "code " + code.orElse(0L)));
  }

  private static Optional<Long> statusCode(JsonNode code) {
    if (!code.isNumber() && !code.isTextual()) {
      return Optional.empty();
    }
    try {
      double number = Double.parseDouble(code.asText());
      return Double.isFinite(number) ? Optional.of((long) number) : Optional.empty();
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  /** As it travels: four bytes of length, the header, then the result. */
  byte[] content(ObjectMapper json) throws IOException {
    var header = json.writeValueAsBytes(head);
    var result = resultJson.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + header.length + result.length)
        .putInt(header.length)
        .put(header)
        .put(result)
        .array();
  }
}

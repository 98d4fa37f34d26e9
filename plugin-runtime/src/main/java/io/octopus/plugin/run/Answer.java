package io.octopus.plugin.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the other side says when an action has ended: a header, and the result's JSON. */
record Answer(JsonNode head, String resultJson) {

  static Answer read(byte[] content, ObjectMapper json) throws IOException {
    int headLength = ByteBuffer.wrap(content).getInt();
    int start = Integer.BYTES + headLength;
    if (headLength < 0 || start > content.length) {
      throw new IOException("an answer with a header of " + headLength + " bytes");
    }
    var result = new String(content, start, content.length - start, StandardCharsets.UTF_8);
    return new Answer(json.readTree(content, Integer.BYTES, headLength), result);
  }

  /** True when a child lives, and when the system could not tell. */
  boolean mayHaveChildren() {
    var children = head.path("children");
    return !children.isBoolean() || children.booleanValue();
  }

  /** True when the process is as the action found it. */
  boolean leavesNoDoubt() {
    return head.path("doubts").isEmpty() && !head.has("exit_code");
  }

  ActionOutcome outcome(String tail) {
    if (head.path("outcome").asText().equals("completed")) {
      return new ActionOutcome.Completed(resultJson, textOf(head.path("message")));
    }
    var error = head.path("error");
    var message = error.path("message").asText();
    if (head.has("exit_code")) {
      return Failures.exit(message, head.path("exit_code").asInt(), tail);
    }
    return new ActionOutcome.Failed(
        head.path("reason").asText(),
        new ActionError(error.path("type").asText(), message, textOf(error.path("traceback"))),
        resultJson);
  }

  private static @Nullable String textOf(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }
}

package io.octopus.plugin.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.octopus.plugin.run.Frames.Frame;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of an action over the pipes to a Python process: the request, then frames to the end.
 */
final class PythonCall {

  private static final char REQUEST = 'X';
  private static final int LARGEST_HEADER = 1 << 20;
  private static final Duration GOODBYE = Duration.ofSeconds(3);
  private static final int LONGEST_LAST_WORDS = 64 * 1024;

  private final Attempt attempt;
  private final Process process;
  private final ProcessTree tree;
  private final Path lastWords;
  private final ObjectMapper json;

  PythonCall(
      Attempt attempt, Process process, ProcessTree tree, Path lastWords, ObjectMapper json) {
    this.attempt = attempt;
    this.process = process;
    this.tree = tree;
    this.lastWords = lastWords;
    this.json = json;
  }

  ActionOutcome run() throws IOException, InterruptedException {
    // A child that outlives the process would keep the pipe open: nobody would see its end.
    var leftovers = process.onExit().thenRunAsync(tree::kill, attempt.threads()::run);
    send();
    var outcome = readToEnd();
    int code = process.waitFor();
    leftovers.join();
    return outcome != null ? outcome : crashed(code);
  }

  private void send() {
    var request = attempt.request();
    var node = json.createObjectNode();
    node.put("file", request.file().toAbsolutePath().toString());
    node.put("plugin", request.plugin());
    node.put("action", request.action());
    node.put("args", request.argsJson());
    node.put("kwargs", request.kwargsJson());
    node.put("max_result_bytes", request.maxResultBytes());
    node.set("environment", json.valueToTree(PluginEnvironment.of(request.context())));
    try {
      node.put("directory", attempt.folder().toString());
      Frames.write(process.getOutputStream(), REQUEST, json.writeValueAsBytes(node));
    } catch (IOException gone) {
      // It ended before it read its request: what it left to read says more than this.
    }
  }

  /** Takes frames until the pipe ends; the outcome is missing when the process just died. */
  private @Nullable ActionOutcome readToEnd() throws IOException {
    ActionOutcome outcome = null;
    long longest = attempt.request().maxResultBytes() + LARGEST_HEADER;
    try (var in = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
      for (var frame = Frames.read(in, longest);
          frame.isPresent();
          frame = Frames.read(in, longest)) {
        if (frame.get().kind() == 'D') {
          attempt.settle();
          outcome = outcomeOf(frame.get().content());
          sayGoodbye();
        } else {
          take(frame.get());
        }
      }
    } catch (IOException broken) {
      // Unreadable, or cut off by the process's end; a process that talks nonsense is stopped.
      tree.kill();
    }
    return outcome;
  }

  private void take(Frame frame) throws IOException {
    var output = attempt.output();
    switch (frame.kind()) {
      case 'O' -> output.bytes(OutputSink.Stream.STDOUT, frame.content());
      case 'E' -> output.bytes(OutputSink.Stream.STDERR, frame.content());
      case 'L' -> {
        var record = json.readTree(frame.content());
        output.log(record.path("level").asText("INFO"), record.path("text").asText());
      }
      case 'P' -> {
        var report = json.readTree(frame.content());
        output.progress(report.path("fraction").asDouble(), report.path("message").asText());
      }
      default -> throw new IOException("a frame of kind " + (int) frame.kind());
    }
  }

  /** Ends what the plugin left running, then lets the process end by itself. */
  private void sayGoodbye() throws IOException {
    attempt.endLeftovers();
    attempt.threads().later(GOODBYE, tree::kill);
    process.getOutputStream().close();
  }

  private ActionOutcome outcomeOf(byte[] content) throws IOException {
    int headLength = ByteBuffer.wrap(content).getInt();
    int resultStart = Integer.BYTES + headLength;
    JsonNode head = json.readTree(content, Integer.BYTES, headLength);
    var result =
        new String(
            Arrays.copyOfRange(content, resultStart, content.length), StandardCharsets.UTF_8);
    if (head.path("outcome").asText().equals("completed")) {
      return new ActionOutcome.Completed(result, textOf(head.path("message")).orElse(null));
    }
    var error = head.path("error");
    var message = error.path("message").asText();
    if (head.has("exit_code")) {
      return Failures.exit(message, head.path("exit_code").asInt(), attempt.output().tail());
    }
    return new ActionOutcome.Failed(
        head.path("reason").asText(),
        new ActionError(
            error.path("type").asText(), message, textOf(error.path("traceback")).orElse(null)),
        result);
  }

  private ActionOutcome crashed(int code) throws IOException {
    try (var words = Files.newInputStream(lastWords)) {
      var said = words.readNBytes(LONGEST_LAST_WORDS);
      if (said.length > 0) {
        attempt.output().bytes(OutputSink.Stream.STDERR, said);
      }
    }
    return Failures.exit(
        "The plugin's process ended with " + Failures.describe(code) + " before it returned",
        code,
        attempt.output().tail());
  }

  private static Optional<String> textOf(JsonNode node) {
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }
}

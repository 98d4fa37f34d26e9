package io.octopus.plugin.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.octopus.plugin.host.Frames.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of an action over the pipes to a warm process: the request, then frames to the end. */
final class WarmCall {

  private static final char REQUEST = 'X';
  private static final char READY = 'R';
  private static final char TAKEN_ON = 'A';
  private static final char DONE = 'D';
  private static final int LARGEST_HEADER = 1 << 20;
  private static final Duration GLANCE = Duration.ofMillis(50);

  private final Attempt attempt;
  private final WarmProcess process;
  private final WarmPool pool;
  private final ObjectMapper json;
  private boolean takenOn;
  private @Nullable Answer answer;
  private boolean outputIsWatched;

  private WarmCall(Attempt attempt, WarmProcess process, WarmPool pool, ObjectMapper json) {
    this.attempt = attempt;
    this.process = process;
    this.pool = pool;
    this.json = json;
  }

  /** Calls the action in a warm process of a program. */
  static ActionOutcome call(Attempt attempt, Program program, WarmPool pool, ObjectMapper json)
      throws IOException, InterruptedException {
    var warm = pool.take(program, attempt.request().file());
    var outcome = new WarmCall(attempt, warm, pool, json).run();
    if (outcome.isEmpty() && attempt.isRunning()) {
      // It died while it waited in the pool: it has not seen the request, another one may.
      outcome = new WarmCall(attempt, pool.start(program), pool, json).run();
    }
    return outcome.isPresent()
        ? outcome.get()
        : Failures.failed(
            FailureReason.EXIT_CODE, "ProcessExit", "The plugin's process does not start");
  }

  /** How the call ended; empty when the process had died before it saw the request. */
  private Optional<ActionOutcome> run() throws IOException, InterruptedException {
    boolean fresh = process.isUnused();
    var tree = attempt.uses(process.treeOf(attempt));
    // A child that outlives the process would keep the pipe open: nobody would see its end.
    process.use(attempt.request().file(), tree::kill);
    if (fresh) {
      learnPipes();
    }
    send();
    outputIsWatched = process.program().pipesOutput();
    watchOutput();
    if (readFrames(tree)) {
      return Optional.of(outcome(0));
    }
    int code = process.awaitEnd();
    // It stays with the attempt: what it left there, or another process, may still need it.
    process.forgetFolder();
    stopWatchingOutput();
    try {
      if (!takenOn && !fresh && !process.hasTakenOn()) {
        attempt.release();
        return Optional.empty();
      }
      return Optional.of(outcome(code));
    } finally {
      process.forget();
    }
  }

  /** Comes first of all; after the request it could be too late to open them. */
  private void learnPipes() {
    try {
      var frame = process.read(LARGEST_HEADER);
      if (frame.isPresent() && frame.get().kind() == READY) {
        var pipes = new ArrayList<Integer>();
        json.readTree(frame.get().content()).forEach(pipe -> pipes.add(pipe.asInt()));
        process.keepsOutputIn(pipes);
      }
    } catch (IOException gone) {
      // What it says last tells why.
    }
  }

  private void send() throws IOException {
    var request = attempt.request();
    var node = json.createObjectNode();
    node.put("file", request.file().toAbsolutePath().toString());
    node.put("plugin", request.plugin());
    node.put("action", request.action());
    node.put("args", request.argsJson());
    node.put("kwargs", request.kwargsJson());
    node.put("max_result_bytes", request.maxResultBytes());
    node.put("directory", attempt.folder().toString());
    node.set("environment", json.valueToTree(PluginEnvironment.of(request.context())));
    var content = json.writeValueAsBytes(node);
    try {
      process.send(REQUEST, content);
    } catch (IOException gone) {
      // It ended before it read its request: what it left to read says more than this.
    }
  }

  /** Hands on, every now and then, what was written around the protocol. */
  private synchronized void watchOutput() {
    if (outputIsWatched) {
      process.lastOutput().drainTo(attempt.output());
      attempt.threads().later(GLANCE, this::watchOutput);
    }
  }

  /** To be called before the process may serve another attempt. */
  private synchronized void stopWatchingOutput() {
    if (outputIsWatched) {
      process.lastOutput().drainTo(attempt.output());
      outputIsWatched = false;
    }
  }

  /** Takes frames until the pipe ends; true when the process goes back to the pool instead. */
  private boolean readFrames(ProcessTree tree) {
    long longest = attempt.request().maxResultBytes() + LARGEST_HEADER;
    try {
      for (var frame = process.read(longest); frame.isPresent(); frame = process.read(longest)) {
        if (take(frame.get())) {
          return true;
        }
      }
    } catch (IOException broken) {
      // Unreadable, or cut off by the process's end; a process that talks nonsense is stopped.
      tree.kill();
    }
    return false;
  }

  private boolean take(Frame frame) throws IOException {
    var output = attempt.output();
    if (!takenOn) {
      // Before that, it can only be what an earlier execution still had to say.
      takenOn = frame.kind() == TAKEN_ON;
      return false;
    }
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
      case DONE -> {
        return end(Answer.read(frame.content(), json));
      }
      default -> throw new IOException("a frame of kind " + (int) frame.kind());
    }
    return false;
  }

  /** Ends what the plugin left running; then the process rests, or ends if there is a doubt. */
  private boolean end(Answer done) {
    boolean inTime = attempt.settle();
    answer = done;
    stopWatchingOutput();
    boolean clean = !done.mayHaveChildren() || !attempt.endLeftovers();
    if (inTime && clean && done.leavesNoDoubt()) {
      attempt.release();
      if (!attempt.leavesFolder()) {
        process.forgetFolder();
      }
      pool.giveBack(process);
      return true;
    }
    process.sayGoodbye();
    return false;
  }

  private ActionOutcome outcome(int code) throws IOException {
    var done = answer;
    if (done != null) {
      return done.outcome(attempt.output().tail());
    }
    process.lastOutput().drainTo(attempt.output());
    var said = process.lastWords();
    if (said.length > 0) {
      attempt.output().bytes(OutputSink.Stream.STDERR, said);
    }
    return Failures.exit(
        "The plugin's process ended with %s before it returned%s"
            .formatted(
                Failures.describe(code),
                process.ranOutOfMemory() ? ": it needed more memory than client.memory-limit" : ""),
        code,
        attempt.output().tail());
  }
}

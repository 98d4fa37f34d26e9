package io.octopus.plugin.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings an attempt's output to the sink: in order, in lines, and soon.
 *
 * <p>A line that a plugin leaves unfinished waits a moment for its end, then goes as it is. The end
 * of the output is remembered, for the message of a failure.
 */
final class AttemptOutput {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptOutput.class);
  private static final Duration PATIENCE = Duration.ofMillis(60);
  private static final int LONGEST_WAITING = 16 * 1024;

  private final OutputSink sink;
  private final InstantSource clock;
  private final RunnerThreads threads;
  private final Map<OutputSink.Stream, OutputText> texts = new EnumMap<>(OutputSink.Stream.class);
  private final OutputTail tail = new OutputTail();
  private final StringBuilder waiting = new StringBuilder();
  private final Set<OutputSink.Stream> cut = EnumSet.noneOf(OutputSink.Stream.class);

  /** The stream that wrote last; only its line can be unfinished. */
  private OutputSink.Stream current = OutputSink.Stream.STDOUT;

  private boolean lineStarted;
  private boolean flushPlanned;
  private boolean finished;

  AttemptOutput(OutputSink sink, InstantSource clock, RunnerThreads threads) {
    this.sink = sink;
    this.clock = clock;
    this.threads = threads;
    texts.put(OutputSink.Stream.STDOUT, new OutputText());
    texts.put(OutputSink.Stream.STDERR, new OutputText());
  }

  /** Takes what was written to stdout or stderr. */
  synchronized void bytes(OutputSink.Stream stream, byte[] bytes) {
    if (finished) {
      return;
    }
    var text = textOf(stream).add(bytes);
    if (!text.isEmpty()) {
      switchTo(stream);
      add(text);
    }
  }

  /** Takes a log record. */
  synchronized void log(String level, String message) {
    if (finished) {
      return;
    }
    endLine();
    var text = new OutputText();
    var line = text.add(message.getBytes(StandardCharsets.UTF_8)) + text.end();
    write(OutputSink.Stream.LOG, level, line.endsWith("\n") ? line : line + "\n");
  }

  /** Takes a report of progress. */
  synchronized void progress(double fraction, String message) {
    if (!finished) {
      guard(() -> sink.progress(fraction, message));
    }
  }

  /** Takes a file that is to be kept. */
  synchronized void artefact(String name, Path file) {
    if (!finished) {
      guard(() -> sink.artefact(name, file));
    }
  }

  /** Gives the sink what is left; whatever comes later is dropped. */
  synchronized void finish() {
    if (!finished) {
      endLine();
      finished = true;
    }
  }

  /** The last of the output. */
  synchronized String tail() {
    return tail + waiting.toString();
  }

  private void switchTo(OutputSink.Stream stream) {
    if (stream != current) {
      endLine();
      current = stream;
    }
  }

  private void add(String text) {
    var rest = text;
    if (cut.remove(current) && rest.startsWith("\n")) {
      // The line was ended already because another stream's text came in between.
      rest = rest.substring(1);
    }
    waiting.append(rest);
    int end = waiting.lastIndexOf("\n") + 1;
    if (end > 0) {
      deliver(end);
    }
    if (waiting.length() > LONGEST_WAITING) {
      deliver(waiting.length());
    }
    if (!waiting.isEmpty() && !flushPlanned) {
      flushPlanned = true;
      threads.later(PATIENCE, this::flush);
    }
  }

  private synchronized void flush() {
    flushPlanned = false;
    if (!finished && !waiting.isEmpty()) {
      deliver(waiting.length());
    }
  }

  private void endLine() {
    var text = texts.get(current);
    if (text != null) {
      waiting.append(text.end());
    }
    if (lineStarted || !waiting.isEmpty()) {
      waiting.append('\n');
      deliver(waiting.length());
      cut.add(current);
    }
  }

  private void deliver(int length) {
    var text = waiting.substring(0, length);
    waiting.delete(0, length);
    lineStarted = !text.endsWith("\n");
    write(current, null, text);
  }

  private void write(OutputSink.Stream stream, @Nullable String level, String text) {
    tail.add(text);
    guard(() -> sink.write(stream, level, clock.instant(), text));
  }

  private OutputText textOf(OutputSink.Stream stream) {
    var text = texts.get(stream);
    if (text == null) {
      throw new IllegalArgumentException("not a stream of bytes: " + stream);
    }
    return text;
  }

  private static void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException broken) {
      LOG.warn("Output was lost: its sink refused it", broken);
    }
  }
}

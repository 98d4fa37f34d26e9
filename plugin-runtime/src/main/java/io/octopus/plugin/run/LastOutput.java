package io.octopus.plugin.run;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The output that a process had received from C code or children, but not yet handed on, when it
 * died.
 *
 * <p>The worker opens the same pipes, on Linux, and reads them only after the death. Elsewhere
 * these few bytes are lost. A process whose stderr is a pipe to the worker has all such output in
 * it; that is read while it lives, too.
 */
final class LastOutput implements AutoCloseable {

  private static final List<OutputSink.Stream> STREAMS =
      List.of(OutputSink.Stream.STDOUT, OutputSink.Stream.STDERR);

  private final List<? extends InputStream> pipes;
  private final List<OutputSink.Stream> streams;

  private LastOutput(List<? extends InputStream> pipes, List<OutputSink.Stream> streams) {
    this.pipes = pipes;
    this.streams = streams;
  }

  /** Takes the worker's own end of a pipe. */
  static LastOutput of(InputStream stderr) {
    return new LastOutput(List.of(stderr), List.of(OutputSink.Stream.STDERR));
  }

  /** Opens a living process's pipes, stdout's first, by their numbers there. */
  static LastOutput of(long pid, List<Integer> descriptors) {
    var pipes = new ArrayList<FileInputStream>();
    try {
      for (int descriptor : descriptors) {
        pipes.add(new FileInputStream("/proc/" + pid + "/fd/" + descriptor));
      }
    } catch (FileNotFoundException notLinux) {
      // Or the process is gone already, and its pipes with it.
    }
    return new LastOutput(pipes, STREAMS);
  }

  /** Gives away what is there, without waiting for more. */
  synchronized void drainTo(AttemptOutput output) {
    for (int i = 0; i < pipes.size(); i++) {
      try {
        var pipe = pipes.get(i);
        for (int length = pipe.available(); length > 0; length = pipe.available()) {
          // Not readNBytes: a file stream asks for its position there, and a pipe has none.
          var rest = new byte[length];
          int read = pipe.read(rest);
          output.bytes(streams.get(i), Arrays.copyOf(rest, Math.max(0, read)));
        }
      } catch (IOException closed) {
        // Nothing is left, then.
      }
    }
  }

  @Override
  public synchronized void close() {
    for (var pipe : pipes) {
      try {
        pipe.close();
      } catch (IOException closed) {
        // It is closed, one way or the other.
      }
    }
  }
}

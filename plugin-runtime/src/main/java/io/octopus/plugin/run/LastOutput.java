package io.octopus.plugin.run;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The output that a process had received from C code or children, but not yet handed on, when it
 * died.
 *
 * <p>The worker opens the same pipes, on Linux, and reads them only after the death. Elsewhere
 * these few bytes are lost.
 */
final class LastOutput implements AutoCloseable {

  private static final List<OutputSink.Stream> STREAMS =
      List.of(OutputSink.Stream.STDOUT, OutputSink.Stream.STDERR);

  private final List<FileInputStream> pipes;

  private LastOutput(List<FileInputStream> pipes) {
    this.pipes = pipes;
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
    return new LastOutput(pipes);
  }

  /** Gives away what is left. The process must be dead. */
  void drainTo(AttemptOutput output) {
    for (int i = 0; i < pipes.size() && i < STREAMS.size(); i++) {
      try {
        var pipe = pipes.get(i);
        for (int length = pipe.available(); length > 0; length = pipe.available()) {
          // Not readNBytes: a file stream asks for its position there, and a pipe has none.
          var rest = new byte[length];
          int read = pipe.read(rest);
          output.bytes(STREAMS.get(i), Arrays.copyOf(rest, Math.max(0, read)));
        }
      } catch (IOException closed) {
        // Nothing is left, then.
      }
    }
  }

  @Override
  public void close() {
    for (var pipe : pipes) {
      try {
        pipe.close();
      } catch (IOException closed) {
        // It is closed, one way or the other.
      }
    }
  }
}

package io.octopus.plugin.run;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes an attempt's output while it runs.
 *
 * <p>Calls come one at a time and in order. A call may block: that holds up the plugin (its pipe
 * fills), nobody else.
 */
public interface OutputSink {

  /** Where a piece of output was written. */
  enum Stream {
    STDOUT,
    STDERR,
    LOG
  }

  /**
   * Takes a piece of text: whole lines that end in {@code \n}, or, when a plugin leaves a line
   * unfinished, a part of a line that the next piece of the same stream continues. The last piece
   * of a line always has its {@code \n} before another stream's text comes. Bytes that are no text
   * have become U+FFFD.
   *
   * @param level the log record's level, for {@link Stream#LOG} only
   */
  void write(Stream stream, @Nullable String level, Instant at, String text);

  /** Takes the progress a plugin reports: a fraction from 0 to 1 and its words, perhaps empty. */
  void progress(double fraction, String message);

  /**
   * Takes a file that the attempt has left in {@code output/}, before the outcome is told. The file
   * is removed after the call, so it must be copied or moved now.
   *
   * @param name its path below {@code output/}, with slashes
   */
  default void artefact(String name, Path file) {}
}

package io.octopus.worker.execution;

import io.octopus.plugin.run.OutputSink;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.OutputChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what an attempt writes, on the plugin's own thread, into a file from which it is sent.
 *
 * <p>Neighbouring pieces of one stream are joined until {@link #flush} or until there is enough for
 * a record. Of what exceeds the limit only the last is kept, in memory, and written behind a line
 * that says so when the attempt ends; a line in the file says at once that it is so. All further
 * output is dropped when the disk takes no more. The file is made with the first output.
 */
final class AttemptOutput implements OutputSink {

  /** Hears of the output as it comes; called on the plugin's thread, so it only passes it on. */
  interface Listener {

    /** There is something to flush. */
    void grew();

    void progress(double fraction, String message);
  }

  private static final Logger LOG = LoggerFactory.getLogger(AttemptOutput.class);
  private static final int RECORD = 16 * 1024;
  private static final String WARNING = "WARNING";

  private final AttemptId attempt;
  private final Path file;
  private final long limit;
  private final OutputEnd end;
  private final Listener listener;
  private final AttemptFiles files;
  private final InstantSource clock;
  private final StringBuilder text = new StringBuilder();
  private Optional<FileChannel> channel = Optional.empty();
  private String stream = "";
  private @Nullable String level;
  private Instant at = Instant.EPOCH;
  private long offset;
  private long written;
  private boolean isFull;
  private boolean cut;

  /**
   * Nothing written yet.
   *
   * @param limit of what is kept, in bytes: three quarters from the beginning, one from the end
   * @param files takes what the plugin leaves
   */
  AttemptOutput(
      AttemptId attempt,
      Path file,
      long limit,
      Listener listener,
      AttemptFiles files,
      InstantSource clock) {
    this.attempt = attempt;
    this.file = file;
    this.limit = limit - limit / 4;
    this.end = new OutputEnd(limit / 4);
    this.listener = listener;
    this.files = files;
    this.clock = clock;
  }

  AttemptId attempt() {
    return attempt;
  }

  Path file() {
    return file;
  }

  @Override
  public synchronized void write(
      Stream from, @Nullable String itsLevel, Instant when, String more) {
    if (cut || more.isEmpty()) {
      return;
    }
    var fresh = text.isEmpty();
    begin(from, itsLevel, when);
    var at = 0;
    while (at < more.length() && !cut) {
      var end = Math.min(more.length(), at + RECORD - text.length());
      if (end < more.length() && Character.isHighSurrogate(more.charAt(end - 1))) {
        end++;
      }
      text.append(more, at, end);
      at = end;
      if (text.length() >= RECORD) {
        flush();
      }
    }
    if (fresh && !isFull) {
      listener.grew();
    }
  }

  @Override
  public void artefact(String name, Path left) {
    files
        .keepArtefact(name, left)
        .ifPresent(
            why ->
                write(
                    Stream.LOG,
                    WARNING,
                    clock.instant(),
                    "[octopus: the file %s is not kept: %s]\n"
                        .formatted(name.replaceAll("\\p{Cntrl}", "?"), why)));
  }

  @Override
  public void progress(double fraction, String message) {
    listener.progress(fraction, message);
  }

  /**
   * Writes what was gathered to the file.
   *
   * @return how long the file is now
   */
  synchronized long flush() {
    if (text.isEmpty() || cut) {
      return written;
    }
    var piece = text.toString();
    text.setLength(0);
    var more = new OutputChunk(offset, stream, level, at, piece);
    try {
      if (isFull) {
        end.add(more);
      } else if (offset + OutputRecords.size(piece) > limit) {
        fill(more);
      } else {
        record(more);
      }
    } catch (IOException e) {
      cut = true;
      LOG.warn("The rest of the output of {} is not kept: {}", attempt, e.toString());
    }
    return written;
  }

  /**
   * Ends the file.
   *
   * @return whether there was any output
   */
  synchronized boolean close() {
    flush();
    if (isFull && !cut) {
      writeEnd();
    }
    cut = true;
    channel.ifPresent(
        open -> {
          try {
            open.close();
          } catch (IOException e) {
            LOG.warn("Closing {}: {}", file, e.toString());
          }
        });
    channel = Optional.empty();
    return offset > 0;
  }

  private void begin(Stream from, @Nullable String itsLevel, Instant when) {
    var name = from.name().toLowerCase(Locale.ROOT);
    // Log records keep their own times.
    if (!text.isEmpty() && (from == Stream.LOG || !name.equals(stream))) {
      flush();
    }
    if (text.isEmpty()) {
      stream = name;
      level = itsLevel;
      at = when;
    }
  }

  private void fill(OutputChunk more) throws IOException {
    var beginning = head(more.text(), limit - offset);
    isFull = true;
    record(with(more, beginning));
    end.add(with(more, more.text().substring(beginning.length())));
    mark(
        "\n[octopus: the output is cut here, after %d KiB; its end follows when the execution has ended]\n"
            .formatted(limit / 1024),
        more.at());
  }

  private void writeEnd() {
    try {
      if (end.dropped() > 0) {
        mark("[octopus: %d bytes are left out here]\n".formatted(end.dropped()), clock.instant());
      }
      for (var piece : end.pieces()) {
        record(piece);
      }
    } catch (IOException e) {
      LOG.warn("The end of the output of {} is not kept: {}", attempt, e.toString());
    }
  }

  private void mark(String text, Instant when) throws IOException {
    record(new OutputChunk(offset, "log", WARNING, when, text));
  }

  private static OutputChunk with(OutputChunk chunk, String text) {
    return new OutputChunk(chunk.offset(), chunk.stream(), chunk.level(), chunk.at(), text);
  }

  private void record(OutputChunk piece) throws IOException {
    if (piece.text().isEmpty()) {
      return;
    }
    var frame =
        OutputRecords.piece(
            new OutputChunk(offset, piece.stream(), piece.level(), piece.at(), piece.text()));
    var out = channel.isPresent() ? channel.get() : open();
    append(out, frame);
    offset += OutputRecords.size(piece.text());
  }

  private FileChannel open() throws IOException {
    var opened =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    channel = Optional.of(opened);
    append(opened, OutputRecords.head(attempt));
    return opened;
  }

  /** Only whole records count: half of one, from a full disk, is not read. */
  private void append(FileChannel out, byte[] frame) throws IOException {
    var bytes = ByteBuffer.wrap(frame);
    var position = written;
    while (bytes.hasRemaining()) {
      position += out.write(bytes, position);
    }
    written = position;
  }

  /** The longest beginning of a text that takes at most so many bytes. */
  private static String head(String text, long bytes) {
    var end = 0;
    var size = 0L;
    while (end < text.length()) {
      var point = text.codePointAt(end);
      size += OutputRecords.size(Character.toString(point));
      if (size > bytes) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }
}

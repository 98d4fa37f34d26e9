package io.octopus.worker.link;

import io.octopus.worker.link.SpoolRecords.SpoolRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One append-only file of the spool. Not safe for several threads. */
final class SpoolSegment implements AutoCloseable {

  /** Where a record lies in its segment; {@code length} includes the header. */
  record Place(long offset, int length) {}

  /** Takes the records of a segment as they are read. */
  @FunctionalInterface
  interface Visitor {
    void visit(SpoolRecord line, Place place);
  }

  private final Path file;
  private final FileChannel channel;
  private long end;

  private SpoolSegment(Path file, FileChannel channel, long end) {
    this.file = file;
    this.channel = channel;
    this.end = end;
  }

  static SpoolSegment create(Path file) throws IOException {
    return new SpoolSegment(
        file,
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
        0);
  }

  static SpoolSegment open(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new SpoolSegment(file, channel, channel.size());
  }

  Path file() {
    return file;
  }

  long size() {
    return end;
  }

  /** Appends without reaching the disk: {@link #sync} does. */
  Place append(SpoolRecord line) throws IOException {
    var frame = SpoolRecords.frame(line);
    var place = new Place(end, frame.remaining());
    var at = end;
    while (frame.hasRemaining()) {
      at += channel.write(frame, at);
    }
    end = at;
    return place;
  }

  void sync() throws IOException {
    channel.force(false);
  }

  SpoolRecord read(Place place) throws IOException {
    var header = ByteBuffer.wrap(readFully(place.offset(), SpoolRecords.HEADER));
    var payload =
        readFully(place.offset() + SpoolRecords.HEADER, place.length() - SpoolRecords.HEADER);
    return SpoolRecords.read(header, payload)
        .orElseThrow(() -> new IOException("a record of " + file + " has changed on disk"));
  }

  /**
   * Reads all records and cuts off a last one that was not written to its end.
   *
   * @return how many bytes were cut off
   */
  long replay(Visitor visitor) throws IOException {
    var size = channel.size();
    var at = 0L;
    while (size - at >= SpoolRecords.HEADER) {
      var header = ByteBuffer.wrap(readFully(at, SpoolRecords.HEADER));
      var length = SpoolRecords.length(header);
      var left = size - at - SpoolRecords.HEADER;
      if (length.filter(it -> it <= left).isEmpty()) {
        break;
      }
      var payload = readFully(at + SpoolRecords.HEADER, length.get());
      var line = SpoolRecords.read(header, payload);
      if (line.isEmpty()) {
        break;
      }
      var frame = SpoolRecords.HEADER + length.get();
      visitor.visit(line.get(), new Place(at, frame));
      at += frame;
    }
    if (at < size) {
      channel.truncate(at);
    }
    end = at;
    return size - at;
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private byte[] readFully(long offset, int length) throws IOException {
    var bytes = new byte[length];
    var buffer = ByteBuffer.wrap(bytes);
    var at = offset;
    while (buffer.hasRemaining()) {
      var read = channel.read(buffer, at);
      if (read < 0) {
        throw new IOException(file + " ends before " + (offset + length));
      }
      at += read;
    }
    return bytes;
  }
}

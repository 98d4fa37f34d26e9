package io.octopus.worker.execution;

import io.octopus.protocol.work.OutputChunk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads one attempt's output file towards its end, a few messages ahead of what is stored, and says
 * what to send now: new pieces, or those on the way again when they took too long.
 */
final class OutputTail {

  private record Batch(List<OutputChunk> chunks, long end) {}

  private static final int WINDOW = 3;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Path file;
  private final Deque<Batch> onTheWay = new ArrayDeque<>();
  private long length;
  private long position;
  private Duration wait = FIRST_WAIT;
  private Duration sendAgainAt = Duration.ZERO;

  OutputTail(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** The file can be read up to here. */
  void grewTo(long newLength) {
    length = Math.max(length, newLength);
  }

  /** All output up to here, exclusive, is stored. */
  void stored(long upTo) {
    var before = onTheWay.size();
    while (!onTheWay.isEmpty() && onTheWay.getFirst().end() <= upTo) {
      onTheWay.removeFirst();
    }
    if (onTheWay.size() < before) {
      wait = FIRST_WAIT;
    }
  }

  /** Whatever is on the way may be lost. */
  void startAnew() {
    sendAgainAt = Duration.ofNanos(Long.MIN_VALUE);
    wait = FIRST_WAIT;
  }

  boolean isAllStored() {
    return onTheWay.isEmpty() && position >= length;
  }

  /** What to send now, each entry in a message of its own. */
  List<List<OutputChunk>> next(Duration now) throws IOException {
    var messages = new ArrayList<List<OutputChunk>>();
    if (!onTheWay.isEmpty() && now.compareTo(sendAgainAt) >= 0) {
      onTheWay.forEach(batch -> messages.add(batch.chunks()));
      var twice = wait.multipliedBy(2);
      wait = twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
      sendAgainAt = now.plus(wait);
    }
    if (onTheWay.size() < WINDOW && position < length) {
      read(messages);
      sendAgainAt = now.plus(wait);
    }
    return messages;
  }

  private void read(List<List<OutputChunk>> messages) throws IOException {
    try (var channel = FileChannel.open(file)) {
      while (onTheWay.size() < WINDOW && position < length) {
        var pieces = OutputRecords.read(channel, position, length);
        if (pieces.next() == position) {
          // The rest was not written to its end.
          length = position;
        } else {
          position = pieces.next();
          if (!pieces.chunks().isEmpty()) {
            onTheWay.addLast(new Batch(pieces.chunks(), end(pieces.chunks())));
            messages.add(pieces.chunks());
          }
        }
      }
    }
  }

  private static long end(List<OutputChunk> chunks) {
    var last = chunks.get(chunks.size() - 1);
    return last.offset() + OutputRecords.size(last.text());
  }
}

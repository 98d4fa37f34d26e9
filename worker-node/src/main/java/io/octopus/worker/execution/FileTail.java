package io.octopus.worker.execution;

import io.octopus.protocol.work.AttemptFile;
import io.octopus.protocol.work.WorkerProtocol;
import io.octopus.worker.execution.FileFolder.Kept;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One attempt's files on their way, one piece at a time: says what to send now, the next piece or
 * the last one again when no word on it came in time.
 */
final class FileTail {

  /** What to send. */
  record Piece(AttemptFile file, long offset, String base64) {}

  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration AT_ONCE = Duration.ofNanos(Long.MIN_VALUE);

  private final List<Kept> files;
  private int current;
  private long position;
  private boolean sent;
  private Duration wait = FIRST_WAIT;
  private Duration dueAt = AT_ONCE;

  FileTail(List<Kept> files) {
    this.files = List.copyOf(files);
  }

  boolean isAllStored() {
    return current >= files.size();
  }

  /** The file that is on its way. */
  Kept sending() {
    return files.get(current);
  }

  /** A coordinator has this much of a file, which may be less than it once had. */
  void stored(AttemptFile file, long upTo) {
    for (var index = 0; index < files.size(); index++) {
      if (files.get(index).file().equals(file) && index <= current) {
        var isWhole = upTo >= file.size();
        if (index < current ? isWhole : !isWhole && sent && upTo == position) {
          // Said twice: what follows is on its way already.
          return;
        }
        current = index;
        position = upTo;
        if (isWhole) {
          skip();
        }
        startAnew();
      }
    }
  }

  /** Goes on with the next file. */
  void skip() {
    current++;
    position = 0;
    startAnew();
  }

  /** Whatever is on the way may be lost. */
  void startAnew() {
    sent = false;
    dueAt = AT_ONCE;
    wait = FIRST_WAIT;
  }

  /** What is due now. */
  Optional<Piece> next(Duration now) throws IOException {
    if (isAllStored() || now.compareTo(dueAt) < 0) {
      return Optional.empty();
    }
    var piece = read(sending());
    sent = true;
    dueAt = now.plus(wait);
    var twice = wait.multipliedBy(2);
    wait = twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    return Optional.of(piece);
  }

  private Piece read(Kept kept) throws IOException {
    try (var channel = FileChannel.open(kept.path())) {
      if (channel.size() != kept.file().size()) {
        throw new IOException(kept.path() + " has not the size it had");
      }
      var rest = kept.file().size() - position;
      var buffer = ByteBuffer.allocate((int) Math.min(WorkerProtocol.FILE_PIECE, rest));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + buffer.position()) < 0) {
          throw new IOException(kept.path() + " ends too soon");
        }
      }
      var base64 = Base64.getEncoder().encodeToString(buffer.array());
      return new Piece(kept.file(), position, base64);
    }
  }
}

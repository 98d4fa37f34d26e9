package io.octopus.worker.execution;

import io.octopus.protocol.work.OutputChunk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last of an output that is too long, in memory: as much as its limit allows. */
final class OutputEnd {

  private final long limit;
  private final Deque<OutputChunk> pieces = new ArrayDeque<>();
  private long size;
  private long dropped;

  OutputEnd(long limit) {
    this.limit = limit;
  }

  void add(OutputChunk piece) {
    pieces.addLast(piece);
    size += OutputRecords.size(piece.text());
    while (size > limit && pieces.size() > 1) {
      var oldest = OutputRecords.size(pieces.removeFirst().text());
      size -= oldest;
      dropped += oldest;
    }
  }

  /** How many bytes were dropped between what was written and these pieces. */
  long dropped() {
    return dropped + sizeOfBrokenLine();
  }

  /** What is left; it begins with a line's beginning if something was dropped before. */
  List<OutputChunk> pieces() {
    var whole = new ArrayList<>(pieces);
    if (!whole.isEmpty() && dropped > 0) {
      var first = whole.get(0);
      whole.set(
          0,
          new OutputChunk(
              first.offset(),
              first.stream(),
              first.level(),
              first.at(),
              first.text().substring(brokenLine(first))));
    }
    return whole;
  }

  private int sizeOfBrokenLine() {
    if (dropped == 0 || pieces.isEmpty()) {
      return 0;
    }
    var first = pieces.getFirst();
    return OutputRecords.size(first.text().substring(0, brokenLine(first)));
  }

  private static int brokenLine(OutputChunk piece) {
    return piece.text().indexOf('\n') + 1;
  }
}

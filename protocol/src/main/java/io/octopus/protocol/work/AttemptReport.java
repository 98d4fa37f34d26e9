package io.octopus.protocol.work;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.CborSerializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A worker's word on how an attempt ended; kept in its spool until a coordinator has stored it. */
public record AttemptReport(
    AttemptId attempt, AttemptOutcome outcome, Instant startedAt, Instant finishedAt)
    implements CborSerializable {

  /** What a report needs in a message beside its texts. */
  private static final int ENVELOPE = 512;

  /** About how many bytes it takes in a message. */
  public int bytesInMessage() {
    // Java 17 has no pattern switch
    if (outcome instanceof AttemptOutcome.Completed completed) {
      return ENVELOPE + bytes(completed.result()) + bytes(completed.message());
    } else if (outcome instanceof AttemptOutcome.Failed failed) {
      var error = failed.error();
      return ENVELOPE
          + bytes(failed.result())
          + bytes(error.type())
          + bytes(error.message())
          + bytes(error.traceback());
    } else if (outcome instanceof AttemptOutcome.TimedOut timedOut) {
      return ENVELOPE + bytes(timedOut.message());
    }
    return outcome instanceof AttemptOutcome.Lost lost
        ? ENVELOPE + bytes(lost.message())
        : ENVELOPE;
  }

  private static int bytes(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }
}

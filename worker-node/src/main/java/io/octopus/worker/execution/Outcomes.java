package io.octopus.worker.execution;

import io.octopus.plugin.run.ActionOutcome;
import io.octopus.protocol.work.AttemptError;
import io.octopus.protocol.work.AttemptOutcome;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Says in the protocol's words how an action ended, and keeps every text within a message. */
final class Outcomes {

  private static final int LONGEST_TEXT = 64 * 1024;
  private static final int LONGEST_TYPE = 500;

  private Outcomes() {}

  static AttemptOutcome of(ActionOutcome outcome, long maxResultBytes) {
    // Java 17 has no pattern switch
    if (outcome instanceof ActionOutcome.Completed completed) {
      var size = completed.resultJson().getBytes(StandardCharsets.UTF_8).length;
      return size > maxResultBytes
          ? failed(
              "result_too_large",
              "the result has " + size + " bytes, at most " + maxResultBytes + " are allowed")
          : new AttemptOutcome.Completed(completed.resultJson(), shortened(completed.message()));
    } else if (outcome instanceof ActionOutcome.Failed failed) {
      var size = failed.resultJson().getBytes(StandardCharsets.UTF_8).length;
      return new AttemptOutcome.Failed(
          failed.reason(),
          new AttemptError(
              failed
                  .error()
                  .type()
                  .substring(0, Math.min(LONGEST_TYPE, failed.error().type().length())),
              cut(failed.error().message()),
              shortened(failed.error().traceback())),
          size > maxResultBytes ? "null" : failed.resultJson());
    } else if (outcome instanceof ActionOutcome.TimedOut timedOut) {
      return new AttemptOutcome.TimedOut(cut(timedOut.message()));
    }
    return new AttemptOutcome.Cancelled("");
  }

  static AttemptOutcome failed(String reason, String message) {
    return new AttemptOutcome.Failed(reason, new AttemptError(reason, cut(message), null), "null");
  }

  static AttemptOutcome lost(String message) {
    return new AttemptOutcome.Lost(cut(message));
  }

  private static @Nullable String shortened(@Nullable String text) {
    return text == null ? null : cut(text);
  }

  /** The end of a long text says more than its beginning. */
  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT
        ? text
        : "[…] " + text.substring(text.length() - LONGEST_TEXT);
  }
}

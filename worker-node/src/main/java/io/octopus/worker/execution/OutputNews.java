package io.octopus.worker.execution;

import io.octopus.protocol.AttemptId;
import io.octopus.worker.link.Outbound;
import java.time.Duration;
import java.time.Instant;

/** Passes on that an attempt wrote output or made progress, progress a few times a second. */
final class OutputNews implements AttemptOutput.Listener {

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int LONGEST_MESSAGE = 1000;

  private final AttemptId attempt;
  private final RunnerTools tools;
  private volatile Instant progressAt = Instant.MIN;

  OutputNews(AttemptId attempt, RunnerTools tools) {
    this.attempt = attempt;
    this.tools = tools;
  }

  @Override
  public void grew() {
    tools.streamer().tell(new OutputStreamer.Grew(attempt));
  }

  @Override
  public void progress(double fraction, String message) {
    var now = tools.clock().instant();
    if (fraction >= 1 || progressAt.plus(PAUSE).isBefore(now) || now.isBefore(progressAt)) {
      progressAt = now;
      tools
          .uplink()
          .tell(
              new Outbound.Progress(
                  attempt,
                  fraction,
                  message.substring(0, Math.min(message.length(), LONGEST_MESSAGE))));
    }
  }
}

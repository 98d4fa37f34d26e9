package io.octopus.coordinator.store;

import akka.Done;
import io.octopus.protocol.AttemptId;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * How far running executions say they are. Not in the journal: the last word is lost in a crash.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ProgressRows {

  /** Writes the latest progress of attempts; those that no longer run are left alone. */
  public CompletionStage<Done> write(Map<AttemptId, Progress> progress) {
    throw new UnsupportedOperationException("not built yet: " + progress);
  }

  /**
   * How far an attempt is.
   *
   * @param fraction from 0.0 to 1.0
   */
  public record Progress(double fraction, String message) {}
}

package io.octopus.coordinator.store;

import akka.Done;
import io.octopus.protocol.AttemptId;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * How far running executions say they are. Not in the journal: the last word is lost in a crash.
 */
public final class ProgressRows {

  private static final String WRITE =
      "UPDATE executions SET progress = ? WHERE id = ? AND attempt = ? AND status = 'Running'";

  private final SideWriter writer;

  ProgressRows(SideWriter writer) {
    this.writer = writer;
  }

  /** Writes the latest progress of attempts; those that no longer run are left alone. */
  public CompletionStage<Done> write(Map<AttemptId, Progress> progress) {
    Map<AttemptId, Progress> said = Map.copyOf(progress);
    return writer.transaction(
        (statements, connection) -> {
          for (Map.Entry<AttemptId, Progress> entry : said.entrySet()) {
            AttemptId attempt = entry.getKey();
            statements.run(WRITE, json(entry.getValue()), attempt.execution(), attempt.number());
          }
          return Done.getInstance();
        });
  }

  private static String json(Progress progress) {
    return JsonText.write(
        JsonText.MAPPER
            .createObjectNode()
            .put("fraction", progress.fraction())
            .put("message", progress.message()));
  }

  /**
   * How far an attempt is.
   *
   * @param fraction from 0.0 to 1.0
   */
  public record Progress(double fraction, String message) {}
}

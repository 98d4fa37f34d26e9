package io.octopus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Set;

/** Prints an execution's output from where it was left, page by page. */
final class LogTail {
  private static final Set<String> FINAL =
      Set.of("Completed", "Failed", "TimedOut", "Cancelled", "Lost", "Skipped");

  private final ApiClient client;
  private final String execution;
  private final PrintWriter out;
  private long offset;
  private long attempt;

  LogTail(ApiClient client, String execution, PrintWriter out) {
    this.client = client;
    this.execution = execution;
    this.out = out;
  }

  static boolean isFinal(JsonNode execution) {
    return FINAL.contains(execution.path("status").asText());
  }

  /** Prints what there is by now. */
  void printMore() {
    while (true) {
      ApiClient.TextPage page =
          client.text(Query.of("executions", execution, "log").with("offset", offset).toString());
      if (page.attempt() > attempt) {
        // Each attempt's output begins anew.
        attempt = page.attempt();
        if (offset > 0) {
          offset = 0;
          continue;
        }
      }
      out.print(page.text());
      out.flush();
      if (page.text().isEmpty() || page.nextOffset() <= offset) {
        return;
      }
      offset = page.nextOffset();
    }
  }

  /** Prints until the execution is final; answers the execution. */
  JsonNode follow() {
    while (true) {
      JsonNode state = client.get(Query.path("executions", execution));
      printMore();
      if (isFinal(state)) {
        return state;
      }
      Pause.shortly();
    }
  }
}

package io.octopus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Waits for a task's end, telling meanwhile what its executions do and print. */
final class TaskWatch {
  private static final Set<String> FINAL = Set.of("Completed", "Failed", "Cancelled");

  private final ApiClient client;
  private final ApiOptions api;
  private final Map<String, String> told = new HashMap<>();
  private final Map<String, LogTail> logs = new HashMap<>();

  TaskWatch(ApiClient client, ApiOptions api) {
    this.client = client;
    this.api = api;
  }

  /** Shows the executions' ends on standard output, everything before on standard error. */
  int await(String taskId) {
    while (true) {
      JsonNode task = client.get(Query.path("tasks", taskId));
      JsonNode executions =
          client.get(Query.of("executions").with("task_id", taskId).with("limit", 500).toString());
      executions.path("items").forEach(this::tell);
      String status = task.path("status").asText();
      if (FINAL.contains(status)) {
        show(executions.path("items"));
        return status.equals("Completed") ? ExitCode.OK : ExitCode.FAILED;
      }
      Pause.shortly();
    }
  }

  private void tell(JsonNode execution) {
    String id = execution.path("id").asText();
    String status = execution.path("status").asText();
    if (!status.equals("Pending")) {
      logs.computeIfAbsent(id, any -> new LogTail(client, id, api.err())).printMore();
    }
    String reason = execution.path("reason").asText("");
    String line =
        "%s on %s: %s%s"
            .formatted(
                id,
                Table.cell(execution.path("client")),
                status,
                reason.isEmpty() || execution.path("reason").isNull() ? "" : " (" + reason + ")");
    if (!line.equals(told.put(id, line))) {
      api.err().println(line);
    }
  }

  private void show(JsonNode executions) {
    for (JsonNode execution : executions) {
      if (executions.size() == 1) {
        api.show(execution);
      } else {
        api.out()
            .println(
                "%s  %s  %s"
                    .formatted(
                        Table.cell(execution.path("client")),
                        execution.path("status").asText(),
                        Table.cell(execution.path("result"))));
      }
    }
    api.out().flush();
  }
}

package io.octopus.coordinator.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.http.PluginDirectory;
import io.octopus.coordinator.http.PluginJson;
import io.octopus.coordinator.http.Rows;
import io.octopus.coordinator.store.StoredTask;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads what changed as the API shows it in lists: without results that are large. */
public record LiveRows(Rows rows, PluginDirectory plugins) {
  private static final int LARGEST_RESULT = 64 * 1024;

  /** Empty when the thing is gone. */
  CompletionStage<Optional<ObjectNode>> read(Changed changed) {
    String id = changed.id();
    return switch (changed.kind()) {
      case TASK ->
          rows.task(new TaskId(id))
              .thenApply(task -> task.filter(row -> !row.deleted()).map(StoredTask::json));
      case RUN -> rows.run(new RunId(id));
      case EXECUTION ->
          rows.execution(new ExecutionId(id)).thenApply(row -> row.map(LiveRows::light));
      case CLIENT -> rows.client(new WorkerName(id));
      case PLUGIN ->
          plugins
              .used()
              .thenApply(used -> plugins.find(id).map(plugin -> PluginJson.of(plugin, used)));
    };
  }

  private static ObjectNode light(ObjectNode execution) {
    if (execution.path("result").toString().length() > LARGEST_RESULT) {
      execution.putNull("result").put("result_omitted", true);
    }
    return execution;
  }
}

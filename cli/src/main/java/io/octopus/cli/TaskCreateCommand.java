package io.octopus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code octopus task create}: creates a task and, when told so, waits for its end. */
@Command(
    name = "create",
    description = "Creates a task: octopus task create hello --arg World --wait",
    mixinStandardHelpOptions = true)
final class TaskCreateCommand implements Callable<Integer> {
  @Mixin private ApiOptions api = new ApiOptions();
  @Mixin private TaskDefinition definition = new TaskDefinition();

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "The same key creates the task only once.")
  private @Nullable String idempotencyKey;

  @Option(
      names = "--wait",
      description = "Waits for its end, showing its output; exit code 1 unless it completed.")
  private boolean wait;

  @Override
  public Integer call() {
    ApiClient client = api.client();
    JsonNode task =
        client.post(
            "/tasks",
            definition.json(),
            idempotencyKey == null ? Map.of() : Map.of("Idempotency-Key", idempotencyKey));
    if (!wait) {
      return api.show(task);
    }
    api.err().println("Task " + task.path("id").asText());
    return new TaskWatch(client, api).await(task.path("id").asText());
  }
}

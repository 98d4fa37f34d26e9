package io.octopus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code octopus task preview}: says what a task would do, without creating it. */
@Command(
    name = "preview",
    description = "Says when a task would fire and where: octopus task preview hello --cron @daily",
    mixinStandardHelpOptions = true)
final class TaskPreviewCommand implements Callable<Integer> {
  @Mixin private ApiOptions api = new ApiOptions();
  @Mixin private TaskDefinition definition = new TaskDefinition();

  @Override
  public Integer call() {
    JsonNode preview = api.client().post("/tasks/preview", definition.json(), Map.of());
    if (api.isJson()) {
      return api.show(preview);
    }
    PrintWriter out = api.out();
    out.println(preview.path("description").asText());
    preview.path("next_fire_times").forEach(time -> out.println("  " + time.asText()));
    out.println("Runs on " + targets(preview));
    preview
        .path("skipped")
        .forEach(
            client ->
                out.println(
                    "  not on %s: %s"
                        .formatted(
                            client.path("client").asText(), client.path("reason").asText())));
    preview.path("warnings").forEach(warning -> out.println("Warning: " + warning.asText()));
    out.flush();
    return ExitCode.OK;
  }

  private static String targets(JsonNode preview) {
    List<String> names = new ArrayList<>();
    preview.path("targets").forEach(name -> names.add(name.asText()));
    return names.isEmpty() ? "no client" : String.join(", ", names);
  }
}

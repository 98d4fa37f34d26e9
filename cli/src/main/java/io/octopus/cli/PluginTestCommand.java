package io.octopus.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.config.Settings;
import io.octopus.config.WorkerSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code octopus plugin test}: runs a plugin here as a worker would, without a cluster. */
@Command(
    name = "test",
    description = {
      "Runs a plugin here as a worker would: octopus plugin test hello.py main World",
      "It uses a worker's settings; its log goes to standard error, its result to standard output."
    },
    mixinStandardHelpOptions = true)
final class PluginTestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private NodeOptions node = new NodeOptions();
  @Mixin private ActionArguments more = new ActionArguments();

  @Parameters(index = "0", paramLabel = "FILE", description = "The plugin's file.")
  private Path file = Path.of("");

  @Parameters(index = "1", arity = "0..1", paramLabel = "ACTION", description = "Default: main.")
  private String action = "main";

  @Parameters(
      index = "2..*",
      paramLabel = "ARGS",
      description = "Positional arguments, each JSON or text.")
  private List<String> arguments = new ArrayList<>();

  @Option(names = "--kwargs", paramLabel = "JSON", description = "Named arguments as an object.")
  private @Nullable String kwargsJson;

  @Option(names = "--timeout", paramLabel = "DURATION", description = "Default: task.timeout.")
  private @Nullable String timeout;

  @Option(names = "--json", description = "Prints the outcome as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Settings all = NodeOptions.flag(node.settings("worker"), "--timeout", "task.timeout", timeout);
    WorkerSettings settings = all.worker();
    NodeConsole.open(settings.dataDirectory(), "plugin-test.log", "ERROR");
    ObjectNode outcome;
    try (LocalPlugin plugin = LocalPlugin.open(file, settings)) {
      outcome =
          plugin.run(
              action,
              more.positionalAfter(arguments).toString(),
              more.namedOver(namedAtOnce()).toString(),
              all.coordinator().task().timeout(),
              spec.commandLine().getErr());
    }
    show(outcome);
    return outcome.path("status").asText().equals("Completed") ? ExitCode.OK : ExitCode.FAILED;
  }

  private ObjectNode namedAtOnce() {
    return kwargsJson == null ? JsonNodeFactory.instance.objectNode() : object(kwargsJson);
  }

  private static ObjectNode object(String json) {
    try {
      if (ApiClient.JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw ApiFailure.usage("--kwargs is not JSON: " + e.getOriginalMessage());
    }
    throw ApiFailure.usage("--kwargs must be a JSON object, not " + json);
  }

  private void show(ObjectNode outcome) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(outcome.toPrettyString());
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    String reason =
        outcome.path("reason").isNull() ? "" : " (" + outcome.path("reason").asText() + ")";
    err.printf(
        "%s%s after %d ms%n",
        outcome.path("status").asText(), reason, outcome.path("duration_ms").asLong());
    JsonNode error = outcome.path("error");
    if (error.path("traceback").isTextual()) {
      err.println(error.path("traceback").asText().stripTrailing());
    } else if (!outcome.path("message").isNull()) {
      err.println(outcome.path("message").asText());
    }
    out.println(outcome.path("result").toPrettyString());
  }
}

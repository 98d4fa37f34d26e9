package io.octopus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code octopus execution}: what ran, where, and what it said. */
@Command(
    name = "execution",
    description = "Lists executions, shows their output, cancels and retries them.",
    mixinStandardHelpOptions = true)
final class ExecutionCommand {
  @Command(description = "Lists executions, newest first.", mixinStandardHelpOptions = true)
  int list(
      @Mixin ApiOptions api,
      @Mixin PageOptions page,
      @Option(names = "--task", paramLabel = "T", description = "Only of this task.")
          @Nullable String task,
      @Option(names = "--run", paramLabel = "R", description = "Only of this run.")
          @Nullable String run,
      @Option(names = "--client", paramLabel = "C", description = "Only on this client.")
          @Nullable String client,
      @Option(names = "--status", paramLabel = "S", description = "Only of this status.")
          @Nullable String status,
      @Option(names = "--since", paramLabel = "TIME", description = "Only created since.")
          @Nullable String since,
      @Option(names = "--until", paramLabel = "TIME", description = "Only created until.")
          @Nullable String until) {
    Query query =
        page.addTo(Query.of("executions"))
            .with("task_id", task)
            .with("run_id", run)
            .with("client", client)
            .with("status", status)
            .with("since", since)
            .with("until", until);
    return api.showList(
        api.client().get(query.toString()),
        "id",
        "plugin.name",
        "action",
        "client",
        "status",
        "reason",
        "attempt",
        "duration_ms");
  }

  @Command(description = "Shows an execution.", mixinStandardHelpOptions = true)
  int show(@Mixin ApiOptions api, @Parameters(paramLabel = "EXECUTION") String id) {
    return api.show(api.client().get(Query.path("executions", id)));
  }

  @Command(description = "Prints an execution's output.", mixinStandardHelpOptions = true)
  int log(
      @Mixin ApiOptions api,
      @Parameters(paramLabel = "EXECUTION") String id,
      @Option(
              names = "--follow",
              description = "Goes on until it ends; exit code 1 unless it completed.")
          boolean follow) {
    LogTail tail = new LogTail(api.client(), id, api.out());
    if (!follow) {
      tail.printMore();
      return ExitCode.OK;
    }
    JsonNode end = tail.follow();
    return end.path("status").asText().equals("Completed") ? ExitCode.OK : ExitCode.FAILED;
  }

  @Command(description = "Lists the files that an execution left.", mixinStandardHelpOptions = true)
  int artefacts(@Mixin ApiOptions api, @Parameters(paramLabel = "EXECUTION") String id) {
    return api.showList(
        api.client().get(Query.path("executions", id, "artefacts")),
        "name",
        "size",
        "sha256",
        "attempt");
  }

  @Command(description = "Saves a file that an execution left.", mixinStandardHelpOptions = true)
  int download(
      @Mixin ApiOptions api,
      @Parameters(paramLabel = "EXECUTION") String id,
      @Parameters(paramLabel = "NAME", description = "As in the list of its files.") String name,
      @Option(
              names = {"-o", "--output"},
              paramLabel = "FILE",
              description = "Default: the last part of its name, here.")
          @Nullable Path output) {
    Path target = output == null ? Path.of(lastPart(name)) : output;
    if (output == null && Files.exists(target)) {
      throw ApiFailure.usage(target + " is there already: say -o FILE");
    }
    api.client().download(Query.path("executions", id, "artefacts", name), target);
    return api.done(JsonNodeFactory.instance.missingNode(), "Saved " + target);
  }

  /** A name comes from a plugin: it must not lead out of this folder. */
  private static String lastPart(String name) {
    String last = name.replace('\\', '/');
    last = last.substring(last.lastIndexOf('/') + 1);
    if (last.isEmpty() || last.equals(".") || last.equals("..")) {
      throw ApiFailure.usage("\"" + name + "\" cannot be the name of a file here: say -o FILE");
    }
    return last;
  }

  @Command(description = "Cancels an execution.", mixinStandardHelpOptions = true)
  int cancel(@Mixin ApiOptions api, @Parameters(paramLabel = "EXECUTION") String id) {
    return api.done(api.client().post(Query.path("executions", id, "cancel")), "Cancelled " + id);
  }

  @Command(description = "Runs it again, as a new run.", mixinStandardHelpOptions = true)
  int retry(@Mixin ApiOptions api, @Parameters(paramLabel = "EXECUTION") String id) {
    JsonNode answer = api.client().post(Query.path("executions", id, "retry"));
    return api.done(answer, "Run " + answer.path("run_id").asText());
  }
}

package io.octopus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code octopus task}: creates tasks and steers them. */
@Command(
    name = "task",
    description = "Creates, lists, runs and stops tasks.",
    mixinStandardHelpOptions = true,
    subcommands = {TaskCreateCommand.class, TaskPreviewCommand.class})
final class TaskCommand {
  @Command(description = "Lists tasks, newest first.", mixinStandardHelpOptions = true)
  int list(
      @Mixin ApiOptions api,
      @Mixin PageOptions page,
      @Option(names = "--status", paramLabel = "S", description = "Only of this status.")
          @Nullable String status,
      @Option(names = "--owner", paramLabel = "O", description = "Only of this owner.")
          @Nullable String owner,
      @Option(names = "--plugin", paramLabel = "P", description = "Only of this plugin.")
          @Nullable String plugin,
      @Option(names = "--type", paramLabel = "T", description = "Only of this type.")
          @Nullable String type,
      @Option(names = "--client", paramLabel = "C", description = "Only run by this client.")
          @Nullable String client,
      @Option(names = "--q", paramLabel = "TEXT", description = "Only with this text.")
          @Nullable String text) {
    Query query =
        page.addTo(Query.of("tasks"))
            .with("status", status)
            .with("owner", owner)
            .with("plugin", plugin)
            .with("type", type)
            .with("client", client)
            .with("q", text);
    return api.showList(
        api.client().get(query.toString()),
        "id",
        "name",
        "owner",
        "type",
        "status",
        "next_run_at",
        "created_at");
  }

  @Command(description = "Shows a task.", mixinStandardHelpOptions = true)
  int show(@Mixin ApiOptions api, @Parameters(paramLabel = "TASK") String id) {
    return api.show(api.client().get(Query.path("tasks", id)));
  }

  @Command(
      description = "Shows what happened to a task, newest first.",
      mixinStandardHelpOptions = true)
  int history(
      @Mixin ApiOptions api, @Mixin PageOptions page, @Parameters(paramLabel = "TASK") String id) {
    Query query = page.addTo(Query.of("tasks", id, "history"));
    return api.showList(
        api.client().get(query.toString()),
        "number",
        "at",
        "by",
        "event",
        "execution_id",
        "client",
        "reason");
  }

  @Command(
      description = "Runs a task now; arguments go in place of its own.",
      mixinStandardHelpOptions = true)
  int run(
      @Mixin ApiOptions api,
      @Parameters(paramLabel = "TASK") String id,
      @Mixin ActionArguments arguments) {
    ObjectNode body = arguments.putInto(JsonNodeFactory.instance.objectNode());
    String path = Query.path("tasks", id, "run");
    JsonNode answer =
        body.isEmpty() ? api.client().post(path) : api.client().post(path, body, Map.of());
    return api.done(answer, "Run " + answer.path("run_id").asText());
  }

  @Command(description = "Stops its schedule for now.", mixinStandardHelpOptions = true)
  int pause(@Mixin ApiOptions api, @Parameters(paramLabel = "TASK") String id) {
    return api.done(api.client().post(Query.path("tasks", id, "pause")), "Paused " + id);
  }

  @Command(description = "Lets its schedule go on.", mixinStandardHelpOptions = true)
  int resume(@Mixin ApiOptions api, @Parameters(paramLabel = "TASK") String id) {
    return api.done(api.client().post(Query.path("tasks", id, "resume")), "Resumed " + id);
  }

  @Command(description = "Cancels what runs and what waits.", mixinStandardHelpOptions = true)
  int cancel(@Mixin ApiOptions api, @Parameters(paramLabel = "TASK") String id) {
    return api.done(api.client().post(Query.path("tasks", id, "cancel")), "Cancelled " + id);
  }

  @Command(description = "Deletes a task; its history stays.", mixinStandardHelpOptions = true)
  int delete(@Mixin ApiOptions api, @Parameters(paramLabel = "TASK") String id) {
    api.client().delete(Query.path("tasks", id));
    return api.done(JsonNodeFactory.instance.missingNode(), "Deleted " + id);
  }
}

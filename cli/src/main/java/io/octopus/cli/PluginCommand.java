package io.octopus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code octopus plugin}: the files whose actions tasks run. */
@Command(
    name = "plugin",
    description = "Lists, pushes, compares, rolls back and deletes plugins, and tries them out.",
    subcommands = PluginTestCommand.class,
    mixinStandardHelpOptions = true)
final class PluginCommand {
  @Command(description = "Lists plugins.", mixinStandardHelpOptions = true)
  int list(@Mixin ApiOptions api, @Mixin PageOptions page) {
    return api.showList(
        api.client().get(page.addTo(Query.of("plugins")).toString()),
        "name",
        "version",
        "language",
        "used_by",
        "description",
        "sha256");
  }

  @Command(
      description = {
        "Uploads a plugin's file; every worker uses it from its next execution.",
        "NAME.requirements.txt beside it goes with it. Without one, what is required stays."
      },
      mixinStandardHelpOptions = true)
  int push(
      @Mixin ApiOptions api,
      @Parameters(paramLabel = "FILE") Path file,
      @Option(names = "--name", paramLabel = "NAME", description = "Default: the file's name.")
          @Nullable String name,
      @Option(
              names = "--requirements",
              paramLabel = "FILE",
              description = "Default: NAME.requirements.txt beside the file, if there is one.")
          @Nullable Path requirements,
      @Option(names = "--no-requirements", description = "Requires nothing from now on.")
          boolean none) {
    if (none && requirements != null) {
      throw ApiFailure.usage("--requirements and --no-requirements exclude each other");
    }
    PluginUpload upload = PluginUpload.of(file, requirements, none);
    String plugin = name != null ? name : upload.name();
    JsonNode answer =
        api.client()
            .put(
                Query.of("plugins", plugin).with("filename", upload.fileName()).toString(),
                upload.body(),
                upload.contentType());
    return api.done(answer, serves(plugin, answer));
  }

  @Command(description = "Shows a plugin.", mixinStandardHelpOptions = true)
  int show(@Mixin ApiOptions api, @Parameters(paramLabel = "PLUGIN") String name) {
    return api.show(api.client().get(Query.path("plugins", name)));
  }

  @Command(description = "Lists every content a plugin has had.", mixinStandardHelpOptions = true)
  int versions(
      @Mixin ApiOptions api,
      @Parameters(paramLabel = "PLUGIN") String name,
      @Mixin PageOptions page) {
    return api.showList(
        api.client().get(page.addTo(Query.of("plugins", name, "versions")).toString()),
        "number",
        "version",
        "sha256",
        "size",
        "source",
        "serving",
        "created_at",
        "created_by");
  }

  @Command(
      description = "Makes an earlier version serve, of a deleted plugin too.",
      mixinStandardHelpOptions = true)
  int rollback(
      @Mixin ApiOptions api,
      @Parameters(paramLabel = "PLUGIN") String name,
      @Parameters(
              paramLabel = "VERSION",
              arity = "0..1",
              description =
                  "Its number, text, sha256 or the beginning of that; default: what served before.")
          @Nullable String version) {
    String path = Query.path("plugins", name, "rollback");
    JsonNode answer =
        version == null
            ? api.client().post(path)
            : api.client()
                .post(
                    path, JsonNodeFactory.instance.objectNode().put("version", version), Map.of());
    return api.done(answer, serves(name, answer));
  }

  @Command(
      description = "Shows what differs between two versions.",
      mixinStandardHelpOptions = true)
  int diff(
      @Mixin ApiOptions api,
      @Parameters(paramLabel = "PLUGIN") String name,
      @Parameters(
              paramLabel = "FROM",
              arity = "0..1",
              description = "A version; default: the one before TO.")
          @Nullable String from,
      @Parameters(
              paramLabel = "TO",
              arity = "0..1",
              description = "A version; default: the one that serves.")
          @Nullable String to) {
    String path = Query.of("plugins", name, "diff").with("from", from).with("to", to).toString();
    api.out().print(api.client().text(path).text());
    api.out().flush();
    return ExitCode.OK;
  }

  /** Has no flag that shows the product's version: here, a version is the plugin's. */
  @Command(description = "Prints a version's file.")
  int content(
      @Mixin ApiOptions api,
      @Parameters(paramLabel = "PLUGIN") String name,
      @Option(
              names = "--version",
              paramLabel = "VERSION",
              description = "Default: the one that serves.")
          @Nullable String version,
      @Option(names = "-o", paramLabel = "FILE", description = "Writes it there.")
          @Nullable Path file,
      @Option(
              names = {"-h", "--help"},
              usageHelp = true,
              description = "Shows this help message.")
          boolean help) {
    byte[] content =
        api.client()
            .bytes(Query.of("plugins", name, "content").with("version", version).toString());
    if (file == null) {
      api.out().print(new String(content, StandardCharsets.UTF_8));
      api.out().flush();
      return ExitCode.OK;
    }
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw ApiFailure.usage(file + " cannot be written: " + e.getMessage());
    }
    return ExitCode.OK;
  }

  @Command(
      description = "Deletes a plugin; its versions stay for a rollback.",
      mixinStandardHelpOptions = true)
  int delete(
      @Mixin ApiOptions api,
      @Parameters(paramLabel = "PLUGIN") String name,
      @Option(names = "--force", description = "Also when tasks or executions need it.")
          boolean force) {
    api.client().delete(Query.of("plugins", name).with("force", force ? "true" : null).toString());
    return api.done(JsonNodeFactory.instance.missingNode(), "Deleted " + name);
  }

  private static String serves(String plugin, JsonNode answer) {
    return "Plugin %s version %s".formatted(plugin, Table.cell(answer.path("version")));
  }
}

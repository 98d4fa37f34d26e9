package io.octopus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
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
    description = "Lists, pushes, rolls back and deletes plugins.",
    mixinStandardHelpOptions = true)
final class PluginCommand {
  @Command(description = "Lists plugins.", mixinStandardHelpOptions = true)
  int list(@Mixin ApiOptions api, @Mixin PageOptions page) {
    return api.showList(
        api.client().get(page.addTo(Query.of("plugins")).toString()),
        "name",
        "version",
        "language",
        "description",
        "sha256");
  }

  @Command(
      description = "Uploads a plugin's file; every worker uses it from its next execution.",
      mixinStandardHelpOptions = true)
  int push(
      @Mixin ApiOptions api,
      @Parameters(paramLabel = "FILE") Path file,
      @Option(names = "--name", paramLabel = "NAME", description = "Default: the file's name.")
          @Nullable String name) {
    String fileName = ApiOptions.fileName(file);
    int dot = fileName.lastIndexOf('.');
    String plugin = name != null ? name : dot > 0 ? fileName.substring(0, dot) : fileName;
    JsonNode answer =
        api.client()
            .put(Query.of("plugins", plugin).with("filename", fileName).toString(), read(file));
    return api.done(
        answer, "Plugin %s version %s".formatted(plugin, Table.cell(answer.path("version"))));
  }

  @Command(description = "Shows a plugin.", mixinStandardHelpOptions = true)
  int show(@Mixin ApiOptions api, @Parameters(paramLabel = "PLUGIN") String name) {
    return api.show(api.client().get(Query.path("plugins", name)));
  }

  @Command(description = "Makes an earlier version current.", mixinStandardHelpOptions = true)
  int rollback(
      @Mixin ApiOptions api,
      @Parameters(paramLabel = "PLUGIN") String name,
      @Option(names = "--to", paramLabel = "V", description = "Default: the one before.")
          @Nullable String version) {
    String path = Query.path("plugins", name, "rollback");
    JsonNode answer =
        version == null
            ? api.client().post(path)
            : api.client()
                .post(
                    path,
                    JsonNodeFactory.instance
                        .objectNode()
                        .set("version", TaskDefinition.value(version)),
                    Map.of());
    return api.done(
        answer, "Plugin %s version %s".formatted(name, Table.cell(answer.path("version"))));
  }

  @Command(description = "Deletes a plugin.", mixinStandardHelpOptions = true)
  int delete(@Mixin ApiOptions api, @Parameters(paramLabel = "PLUGIN") String name) {
    api.client().delete(Query.path("plugins", name));
    return api.done(JsonNodeFactory.instance.missingNode(), "Deleted " + name);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw ApiFailure.usage(file + " cannot be read: " + e.getMessage());
    }
  }
}

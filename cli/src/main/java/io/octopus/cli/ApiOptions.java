package io.octopus.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flags of every command that speaks to a server, and how answers are shown. */
final class ApiOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:OCTOPUS_SERVER_URL:-http://127.0.0.1:8000}",
      description = "The coordinator; default: OCTOPUS_SERVER_URL or http://127.0.0.1:8000.")
  private String server = "";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:OCTOPUS_TOKEN:-}",
      description = "Access token; default: OCTOPUS_TOKEN.")
  private String token = "";

  @Option(names = "--json", description = "Prints the server's JSON.")
  private boolean json;

  ApiClient client() {
    return new ApiClient(server, token);
  }

  /** Whether answers are shown as the server gave them. */
  boolean isJson() {
    return json;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Shows one thing: its fields, one per line. */
  int show(JsonNode thing) {
    if (json || !thing.isObject()) {
      return showJson(thing);
    }
    thing
        .properties()
        .forEach(field -> out().printf("%-22s %s%n", field.getKey(), Table.cell(field.getValue())));
    out().flush();
    return ExitCode.OK;
  }

  /** Shows a list: its columns, one row per item. */
  int showList(JsonNode list, String... columns) {
    if (json) {
      return showJson(list);
    }
    new Table(columns).print(list.path("items"), out());
    String next = list.path("next_cursor").asText("");
    if (!next.isEmpty() && !list.path("next_cursor").isNull()) {
      err().println("There are more: --cursor " + next);
    }
    return ExitCode.OK;
  }

  /** Says what was done, or shows the server's answer to it. */
  int done(JsonNode answer, String words) {
    if (json) {
      return showJson(answer);
    }
    out().println(words);
    return ExitCode.OK;
  }

  private int showJson(JsonNode node) {
    try {
      if (!node.isMissingNode()) {
        out().println(ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
      }
      return ExitCode.OK;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The name of a file without its folder. */
  static String fileName(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }
}

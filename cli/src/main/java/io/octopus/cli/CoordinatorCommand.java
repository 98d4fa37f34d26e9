package io.octopus.cli;

import io.octopus.config.CoordinatorSettings;
import io.octopus.config.Settings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code octopus coordinator}: decides what runs, when and where; serves the API and the dashboard.
 */
@Command(
    name = "coordinator",
    description = "Starts a coordinator: decides what runs, serves the API and the dashboard.",
    mixinStandardHelpOptions = true)
final class CoordinatorCommand implements Callable<Integer> {
  @Mixin private NodeOptions node = new NodeOptions();

  @Option(names = "--host", paramLabel = "H", description = "Address of the API and the dashboard.")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "P", description = "Port of the API and the dashboard.")
  private @Nullable String port;

  @Override
  public Integer call() {
    CoordinatorSettings settings = settings().coordinator();
    NodeConsole console =
        NodeConsole.open(settings.store().dataDirectory(), "server.log", settings.logLevel());
    console.introduce(
        "coordinator",
        "API and dashboard http://%s:%d, cluster %s:%d%s"
            .formatted(
                settings.server().host(),
                settings.server().port(),
                settings.cluster().host(),
                settings.cluster().port(),
                settings.management().enabled()
                    ? ", management http://%s:%d"
                        .formatted(settings.management().host(), settings.management().port())
                    : ""),
        settings.store().dataDirectory(),
        settings.warnings());
    return NodeLife.live(() -> Node.coordinator(settings), node.isAttached());
  }

  private Settings settings() {
    Settings settings = node.settings("coordinator");
    settings = NodeOptions.flag(settings, "--host", "server.host", host);
    return NodeOptions.flag(settings, "--port", "server.port", port);
  }
}

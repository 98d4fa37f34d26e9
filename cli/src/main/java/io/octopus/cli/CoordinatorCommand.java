package io.octopus.cli;

import io.octopus.config.CoordinatorSettings;
import io.octopus.config.ManagementSettings;
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
        "API and dashboard %s, cluster %s:%d%s"
            .formatted(
                WebAddress.of(settings.server().host(), settings.server().port()),
                settings.cluster().host(),
                settings.cluster().port(),
                management(settings.management())),
        settings.store().dataDirectory(),
        settings.warnings());
    return NodeLife.live(
        () -> {
          FreePorts.require(settings);
          return Node.coordinator(settings);
        },
        node.isAttached());
  }

  private static String management(ManagementSettings management) {
    return management.enabled()
        ? ", management " + WebAddress.of(management.host(), management.port())
        : "";
  }

  private Settings settings() {
    Settings settings = node.settings("coordinator");
    settings = NodeOptions.flag(settings, "--host", "server.host", host);
    return NodeOptions.flag(settings, "--port", "server.port", port);
  }
}

package io.octopus.cli;

import io.octopus.config.Settings;
import io.octopus.config.WorkerSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code octopus worker}: runs plugins on this machine for the coordinators it joins. */
@Command(
    name = "worker",
    description = "Starts a worker: runs plugins on this machine.",
    mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {
  @Mixin private NodeOptions node = new NodeOptions();

  @Option(
      names = "--seed",
      paramLabel = "HOST:PORT[,...]",
      description = "Coordinators to join; default: 127.0.0.1:2551.")
  private @Nullable String seed;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of this client; default: the host name.")
  private @Nullable String name;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "How many executions run at once; default: 2 x processors.")
  private @Nullable String slots;

  @Option(
      names = "--label",
      paramLabel = "K=V",
      description = "A fact for choosing clients; may be repeated.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Override
  public Integer call() {
    WorkerSettings settings = settings().worker();
    NodeConsole console =
        NodeConsole.open(settings.dataDirectory(), "client.log", settings.logLevel());
    console.introduce(
        "worker " + settings.client().name(),
        "%d slots, cluster %s:%d, joins %s"
            .formatted(
                settings.client().slots(),
                settings.cluster().host(),
                settings.cluster().port(),
                String.join(", ", settings.cluster().seedNodes())),
        settings.dataDirectory(),
        settings.warnings());
    return NodeLife.live(
        () -> {
          FreePorts.require(settings.cluster());
          return Node.worker(settings);
        },
        node.isAttached());
  }

  private Settings settings() {
    Settings settings = node.settings("worker");
    settings = NodeOptions.flag(settings, "--seed", "cluster.seed-nodes", seed);
    settings = NodeOptions.flag(settings, "--name", "client.name", name);
    settings = NodeOptions.flag(settings, "--slots", "client.slots", slots);
    return labels.isEmpty() ? settings : settings.withFlag("--label", "client.labels", labels);
  }
}

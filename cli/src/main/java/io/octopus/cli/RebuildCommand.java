package io.octopus.cli;

import io.octopus.config.CoordinatorSettings;
import io.octopus.coordinator.store.Rebuild;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code octopus rebuild}: makes the rows of tasks, runs and executions anew from the journal. */
@Command(
    name = "rebuild",
    description =
        "Rebuilds the tables tasks, runs and executions from the journal; stop the coordinator first.",
    mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {
  @Mixin private NodeOptions node = new NodeOptions();

  @Override
  public Integer call() throws Exception {
    CoordinatorSettings settings = node.settings("coordinator").coordinator();
    NodeConsole.open(settings.store().dataDirectory(), "server.log", settings.logLevel())
        .introduce(
            "rebuild",
            settings.store().url(),
            settings.store().dataDirectory(),
            settings.warnings());
    Rebuild.run(settings);
    return ExitCode.OK;
  }
}

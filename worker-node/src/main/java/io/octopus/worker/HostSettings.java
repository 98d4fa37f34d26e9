package io.octopus.worker;

import io.octopus.config.LimitSettings;
import io.octopus.config.WorkerSettings;
import io.octopus.plugin.run.JavaPlugins;
import io.octopus.plugin.run.Limits;
import io.octopus.plugin.run.PythonPackages;
import io.octopus.plugin.run.RunnerSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/** What a worker's settings say about running plugins. */
public final class HostSettings {

  private HostSettings() {}

  /** The settings of a runner that works in a folder of the data folder. */
  public static RunnerSettings of(WorkerSettings settings, Path folder) {
    var client = settings.client();
    var languages = client.languages();
    return new RunnerSettings(Path.of(client.python()), folder, InstantSource.system())
        .withSlots(client.slots())
        .withLimits(limits(client.limits()))
        .withPackages(
            new PythonPackages(
                settings.dataDirectory().resolve("venvs"),
                languages.wheels(),
                languages.keepEnvironments()))
        .withJava(new JavaPlugins(languages.javaOptions(), Set.copyOf(languages.javaInProcess())));
  }

  private static Limits limits(LimitSettings settings) {
    return new Limits(
        settings.memory(), settings.processes(), settings.openFiles(), settings.runAs());
  }
}

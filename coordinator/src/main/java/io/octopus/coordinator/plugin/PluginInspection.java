package io.octopus.coordinator.plugin;

import io.octopus.coordinator.store.PluginVersion;
import io.octopus.plugin.archive.PluginBundle;
import io.octopus.plugin.archive.PluginDescriptor;
import io.octopus.plugin.archive.PluginDescriptor.Problem;
import io.octopus.plugin.archive.PluginFile;
import io.octopus.plugin.archive.PluginReader;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Finds out what a file says of itself, without running it. */
final class PluginInspection {

  /** What was found. */
  sealed interface Found {}

  /** The file is valid, as far as could be told here. */
  record Good(PluginVersion version) implements Found {}

  /** The file is not valid in its language. A line of 0 is none. */
  record Broken(int line, String message) implements Found {

    String inWords(PluginFileName file) {
      return line == 0 ? file + ": " + message : file + ", line " + line + ": " + message;
    }
  }

  private final PluginReader reader;
  private final Executor blocking;
  private final InstantSource clock;

  PluginInspection(PluginReader reader, Executor blocking, InstantSource clock) {
    this.reader = reader;
    this.blocking = blocking;
    this.clock = clock;
  }

  CompletionStage<Found> inspect(PluginFile plugin, String by) {
    if (PluginBundle.isBundle(plugin.content())) {
      return CompletableFuture.completedFuture(new Broken(0, "this is no file of a plugin"));
    }
    return CompletableFuture.supplyAsync(
        () -> {
          PluginDescriptor descriptor = read(plugin);
          Problem problem = descriptor.problem();
          return problem == null
              ? new Good(version(plugin, descriptor, by))
              : new Broken(problem.line(), problem.message());
        },
        blocking);
  }

  private PluginDescriptor read(PluginFile file) {
    try {
      return reader.read(file);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while reading " + file.fileName());
    }
  }

  private PluginVersion version(PluginFile plugin, PluginDescriptor descriptor, String by) {
    return new PluginVersion(
        descriptor.name(),
        descriptor.sha256(),
        plugin.fileName(),
        descriptor.version(),
        descriptor.language().name().toLowerCase(Locale.ROOT),
        descriptor.description(),
        ActionsJson.of(descriptor),
        ActionsJson.texts(plugin.requiredPackages()),
        ActionsJson.metadata(descriptor),
        plugin.content().length,
        clock.instant(),
        by);
  }
}

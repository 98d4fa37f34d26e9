package io.octopus.coordinator.plugin;

import io.octopus.coordinator.store.PluginVersion;
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

  CompletionStage<Found> inspect(PluginFileName file, byte[] bytes, String by) {
    return CompletableFuture.supplyAsync(
        () -> {
          PluginDescriptor descriptor = read(new PluginFile(file.toString(), bytes));
          Problem problem = descriptor.problem();
          return problem == null
              ? new Good(version(file, descriptor, bytes.length, by))
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

  private PluginVersion version(
      PluginFileName file, PluginDescriptor descriptor, int size, String by) {
    return new PluginVersion(
        descriptor.name(),
        descriptor.sha256(),
        file.toString(),
        descriptor.version(),
        descriptor.language().name().toLowerCase(Locale.ROOT),
        descriptor.description(),
        ActionsJson.of(descriptor),
        ActionsJson.metadata(descriptor),
        size,
        clock.instant(),
        by);
  }
}

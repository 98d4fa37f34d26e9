package io.octopus.coordinator.plugin;

import io.octopus.coordinator.store.KeptVersion;
import io.octopus.coordinator.store.PluginRows;
import io.octopus.plugin.archive.PluginFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads what plugins were: every version of them is kept, also when its plugin is deleted. */
public final class PluginVersions {

  private final PluginRows rows;

  PluginVersions(PluginRows rows) {
    this.rows = rows;
  }

  /** Versions with smaller numbers than this one, the newest first. */
  public CompletionStage<List<KeptVersion>> page(String name, int before, int limit) {
    return rows.versions(name, before, limit);
  }

  /** The version that a text means: a hash or its beginning, what it says of itself, a number. */
  public CompletionStage<VersionChoice> find(String name, String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    return rows.versionsCalled(name, text)
        .thenApply(called -> VersionChoice.of(text, called))
        .thenCompose(
            choice ->
                choice instanceof VersionChoice.None && !lowerCase.equals(text)
                    ? rows.versionsCalled(name, lowerCase)
                        .thenApply(called -> VersionChoice.of(lowerCase, called))
                    : CompletableFuture.completedFuture(choice));
  }

  /** The version that served before the one that serves. */
  public CompletionStage<VersionChoice> before(String name) {
    return rows.before(name)
        .thenCompose(
            sha256 ->
                sha256.isPresent()
                    ? find(name, sha256.get())
                    : CompletableFuture.completedFuture(new VersionChoice.None()));
  }

  /** A version's file and its requirements. */
  public CompletionStage<PluginFile> file(KeptVersion kept) {
    return file(kept.version().fileName(), kept.version().sha256())
        .thenApply(Optional::orElseThrow);
  }

  CompletionStage<Optional<PluginFile>> file(String fileName, String sha256) {
    return rows.content(sha256)
        .thenApply(found -> found.map(stored -> PluginFile.ofStored(fileName, stored.toArray())));
  }
}

package io.octopus.coordinator.plugin;

import io.octopus.coordinator.store.KeptVersion;
import io.octopus.coordinator.store.PluginChange;
import io.octopus.coordinator.store.PluginChange.Source;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes a version serve that is kept. It is a change like a push: a restart does not undo it, and
 * the folder only when its file changes.
 */
final class PluginRollbacks {

  private final PluginShelf shelf;
  private final PluginVersions versions;
  private final InstantSource clock;

  PluginRollbacks(PluginShelf shelf, PluginVersions versions, InstantSource clock) {
    this.shelf = shelf;
    this.versions = versions;
    this.clock = clock;
  }

  /**
   * Makes a version serve.
   *
   * @param version which one; null for the one that served before
   */
  CompletionStage<RollbackResult> rollBack(String name, @Nullable String version, String by) {
    if (version == null) {
      return versions
          .before(name)
          .thenCompose(
              choice ->
                  choice instanceof VersionChoice.One one
                      ? serve(name, one.version(), by)
                      : answer(new RollbackResult.NoneBefore()));
    }
    return versions
        .find(name, version)
        .thenCompose(
            choice -> {
              if (choice instanceof VersionChoice.One one) {
                return serve(name, one.version(), by);
              }
              return answer(
                  choice instanceof VersionChoice.Several several
                      ? new RollbackResult.Ambiguous(several.versions())
                      : new RollbackResult.NoSuchVersion());
            });
  }

  private CompletionStage<RollbackResult> serve(String name, KeptVersion kept, String by) {
    if (kept.serving()) {
      return answer(new RollbackResult.Serves(shelf.state(name).shown().orElseThrow()));
    }
    var change =
        new PluginChange(name, kept.version().sha256(), Source.ROLLBACK, clock.instant(), by);
    return shelf
        .serveAgain(change)
        .thenApply(done -> new RollbackResult.Serves(shelf.state(name).shown().orElseThrow()));
  }

  private static CompletionStage<RollbackResult> answer(RollbackResult result) {
    return CompletableFuture.completedFuture(result);
  }
}

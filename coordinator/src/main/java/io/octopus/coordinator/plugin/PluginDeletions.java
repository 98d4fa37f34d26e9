package io.octopus.coordinator.plugin;

import akka.Done;
import io.octopus.coordinator.store.PluginChange;
import io.octopus.coordinator.store.PluginChange.Source;
import io.octopus.coordinator.store.PluginRows.Import;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Ends what serves under a name. A file that is still in the folder stays where it is, and brings
 * nothing back before it changes: what it was like at its last import is not forgotten.
 */
final class PluginDeletions {

  private final PluginShelf shelf;
  private final InstantSource clock;

  PluginDeletions(PluginShelf shelf, InstantSource clock) {
    this.shelf = shelf;
    this.clock = clock;
  }

  /**
   * Deletes a plugin.
   *
   * @param force also when something uses it
   */
  CompletionStage<DeleteResult> delete(String name, boolean force, String by) {
    PluginState state = shelf.state(name);
    if (state.shown().isEmpty()) {
      return CompletableFuture.completedFuture(new DeleteResult.Unknown());
    }
    if (state.serving() == null) {
      return hideBroken(state);
    }
    var change = new PluginChange(name, null, Source.DELETE, clock.instant(), by);
    return (force ? shelf.stop(change) : shelf.stopUnlessUsed(change))
        .thenCompose(
            uses ->
                uses.isEmpty()
                    ? hideBroken(state)
                    : CompletableFuture.completedFuture(new DeleteResult.InUse(uses)));
  }

  /** A broken file is not shown any more before it changes. */
  private CompletionStage<DeleteResult> hideBroken(PluginState state) {
    Import file = state.imported();
    CompletionStage<Done> hidden =
        file == null || file.error() == null
            ? CompletableFuture.completedFuture(Done.getInstance())
            : shelf.remember(
                state.name(), new Import(file.fileName(), file.sha256(), null, file.at()));
    return hidden.thenApply(done -> new DeleteResult.Deleted());
  }
}

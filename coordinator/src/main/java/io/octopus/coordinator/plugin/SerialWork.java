package io.octopus.coordinator.plugin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Does pieces of work one after another, in the order they were given. */
final class SerialWork {

  private final Executor executor;
  private CompletableFuture<?> last = CompletableFuture.completedFuture(false);

  /** Pieces begin on {@code executor}. */
  SerialWork(Executor executor) {
    this.executor = executor;
  }

  /** A piece that fails fails its own answer only. */
  synchronized <T> CompletableFuture<T> run(Supplier<CompletionStage<T>> piece) {
    CompletableFuture<T> next =
        last.handle((before, failure) -> false).thenComposeAsync(start -> piece.get(), executor);
    last = next;
    return next;
  }
}

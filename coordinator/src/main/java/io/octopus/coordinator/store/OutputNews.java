package io.octopus.coordinator.store;

import akka.Done;
import io.octopus.protocol.ExecutionId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Wakes those who wait for more output of an execution. Only a hint, and only of what this
 * coordinator stored: who waits looks again after a while anyway.
 */
final class OutputNews {

  private final ConcurrentMap<ExecutionId, CompletableFuture<Done>> awaited =
      new ConcurrentHashMap<>();

  /**
   * Completes with the next output, or at the latest after this time. To be asked for before
   * looking, so that nothing is missed between.
   */
  CompletionStage<Done> next(ExecutionId execution, Duration atMost) {
    CompletableFuture<Done> news =
        awaited.computeIfAbsent(
            execution,
            id ->
                new CompletableFuture<Done>()
                    .completeOnTimeout(
                        Done.getInstance(), atMost.toMillis(), TimeUnit.MILLISECONDS));
    return news.whenComplete((done, failure) -> awaited.remove(execution, news));
  }

  void stored(ExecutionId execution) {
    CompletableFuture<Done> news = awaited.remove(execution);
    if (news != null) {
      news.complete(Done.getInstance());
    }
  }
}

package io.octopus.cli;

import io.octopus.config.CoordinatorSettings;
import io.octopus.config.WorkerSettings;
import io.octopus.coordinator.CoordinatorNode;
import io.octopus.worker.WorkerNode;
import java.util.concurrent.CompletionStage;

/** A running coordinator or worker, as far as the process around it must know it. */
interface Node {
  CompletionStage<?> ready();

  /** Completes with the exit code of the process. */
  CompletionStage<Integer> terminated();

  /** Begins to stop in good order. */
  void stop();

  static Node coordinator(CoordinatorSettings settings) {
    CoordinatorNode node = CoordinatorNode.start(settings);
    return of(node.ready(), node.terminated(), node::stop);
  }

  static Node worker(WorkerSettings settings) {
    WorkerNode node = WorkerNode.start(settings);
    return of(node.ready(), node.terminated(), node::stop);
  }

  private static Node of(
      CompletionStage<?> ready, CompletionStage<Integer> terminated, Runnable stop) {
    return new Node() {
      @Override
      public CompletionStage<?> ready() {
        return ready;
      }

      @Override
      public CompletionStage<Integer> terminated() {
        return terminated;
      }

      @Override
      public void stop() {
        stop.run();
      }
    };
  }
}

package io.octopus.cli;

import io.octopus.config.CoordinatorSettings;
import io.octopus.config.WorkerSettings;
import io.octopus.coordinator.CoordinatorNode;
import io.octopus.plugin.run.PluginRunners;
import io.octopus.plugin.run.RunnerSettings;
import io.octopus.worker.WorkerNode;
import java.nio.file.Path;
import java.time.InstantSource;
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
    RunnerSettings runner =
        new RunnerSettings(
            Path.of(settings.client().python()),
            settings.dataDirectory().resolve("work"),
            InstantSource.system());
    WorkerNode node = WorkerNode.start(settings, PluginRunners.forHost(runner));
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

package io.octopus.cli;

import io.octopus.config.CoordinatorSettings;
import io.octopus.config.WorkerSettings;
import io.octopus.worker.WorkerNode;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletionStage;

/** A running coordinator or worker, as far as the process around it must know it. */
interface Node {
  CompletionStage<?> ready();

  /** Completes with the exit code of the process. */
  CompletionStage<Integer> terminated();

  /** Begins to stop in good order. */
  void stop();

  static Node coordinator(CoordinatorSettings settings) {
    return started("io.octopus.coordinator.CoordinatorNode", CoordinatorSettings.class, settings);
  }

  static Node worker(WorkerSettings settings) {
    WorkerNode worker = WorkerNode.start(settings);
    return new Node() {
      @Override
      public CompletionStage<?> ready() {
        return worker.ready();
      }

      @Override
      public CompletionStage<Integer> terminated() {
        return worker.terminated();
      }

      @Override
      public void stop() {
        worker.stop();
      }
    };
  }

  static void rebuild(CoordinatorSettings settings) {
    call("io.octopus.coordinator.store.Rebuild", "run", CoordinatorSettings.class, settings);
  }

  private static Node started(String type, Class<?> settingsType, Object settings) {
    Object node = call(type, "start", settingsType, settings);
    return new Node() {
      @Override
      public CompletionStage<?> ready() {
        return (CompletionStage<?>) call(node, "ready");
      }

      @Override
      @SuppressWarnings("unchecked")
      public CompletionStage<Integer> terminated() {
        return (CompletionStage<Integer>) call(node, "terminated");
      }

      @Override
      public void stop() {
        call(node, "stop");
      }
    };
  }

  private static Object call(Object node, String method) {
    try {
      return node.getClass().getMethod(method).invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  // The nodes are built by others at the same time; direct calls follow when they are there.
  private static Object call(String type, String method, Class<?> parameter, Object argument) {
    try {
      return Class.forName(type).getMethod(method, parameter).invoke(null, argument);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}

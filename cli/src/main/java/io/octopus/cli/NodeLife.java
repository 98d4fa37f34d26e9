package io.octopus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a process around one node: start, wait, stop in good order, exit code.
 *
 * <p>SIGTERM and Ctrl-C reach the node through the JVM's shutdown hook, which waits for it; the
 * actor system has no hook of its own.
 */
final class NodeLife {
  /** A little less than the 10 s after which operators and service managers lose patience. */
  private static final long STOP_SECONDS = 9;

  private static final Logger log = LoggerFactory.getLogger(NodeLife.class);

  private NodeLife() {}

  static int live(Supplier<Node> start, boolean attached) {
    Node node;
    try {
      node = start.get();
    } catch (RuntimeException e) {
      tell("Cannot start", e);
      return ExitCode.FAILED;
    }
    Thread hook = new Thread(() -> stop(node), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    if (attached) {
      stopWhenInputEnds(node);
    }
    report(node.ready());
    return await(node.terminated());
  }

  private static void report(CompletionStage<?> ready) {
    ready.whenComplete(
        (ok, failure) -> {
          if (failure == null) {
            log.info("Ready");
          } else {
            tell("Not ready", failure);
          }
        });
  }

  private static void tell(String what, Throwable failure) {
    StartFailure.words(failure)
        .ifPresentOrElse(
            words -> log.error("{}: {}", what, words),
            () -> log.error("{}: {}", what, failure.getMessage(), failure));
  }

  private static int await(CompletionStage<Integer> terminated) {
    try {
      return terminated.toCompletableFuture().get();
    } catch (ExecutionException e) {
      tell("Ended", e);
      return ExitCode.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  private static void stop(Node node) {
    CompletableFuture<Integer> terminated = node.terminated().toCompletableFuture();
    if (terminated.isDone()) {
      return;
    }
    log.info("Stopping");
    node.stop();
    try {
      terminated.get(STOP_SECONDS, TimeUnit.SECONDS);
      log.info("Stopped");
    } catch (TimeoutException e) {
      log.warn("Not stopped within {} s, ending anyway", STOP_SECONDS);
    } catch (ExecutionException e) {
      log.error("Stopped with an error", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stopWhenInputEnds(Node node) {
    Thread watch =
        new Thread(
            () -> {
              readToEnd(System.in);
              stop(node);
              // The node's end ends the process; this is for a node that does not end in time.
              if (!node.terminated().toCompletableFuture().isDone()) {
                Runtime.getRuntime().halt(ExitCode.FAILED);
              }
            },
            "parent watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void readToEnd(InputStream input) {
    try {
      while (input.read() >= 0) {
        // Nothing is expected: only the end matters.
      }
    } catch (IOException e) {
      log.debug("Standard input broke, which is an end too", e);
    }
  }
}

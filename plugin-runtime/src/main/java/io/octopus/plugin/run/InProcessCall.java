package io.octopus.plugin.run;

import io.octopus.plugin.host.ActionCall;
import io.octopus.plugin.host.CallRequest;
import io.octopus.plugin.host.HostAnswer;
import io.octopus.plugin.host.HostOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call of a trusted Java plugin's action in this JVM, on a thread of its own.
 *
 * <p>A time limit or a cancel interrupts the thread. If it does not end then, the attempt ends all
 * the same and the thread is left to itself: nothing in a JVM can be made to stop.
 */
final class InProcessCall {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Attempt attempt;
  private final InProcessPlugins plugins;
  private final CompletableFuture<HostAnswer> answer = new CompletableFuture<>();

  InProcessCall(Attempt attempt, InProcessPlugins plugins) {
    this.attempt = attempt;
    this.plugins = plugins;
  }

  ActionOutcome run() throws IOException, InterruptedException {
    var thread = new Thread(this::call, "octopus-" + attempt.request().context().executionId());
    thread.setDaemon(true);
    thread.start();
    var stopped = new CompletableFuture<Boolean>();
    attempt.onStop(
        () -> {
          thread.interrupt();
          stopped.complete(true);
        });
    try {
      CompletableFuture.anyOf(answer, stopped).get();
      var said = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(said.head(), said.resultJson()).outcome(attempt.output().tail());
    } catch (TimeoutException stuck) {
      attempt
          .output()
          .log("ERROR", "The action does not heed its interrupt; it goes on inside the worker");
      return new ActionOutcome.Cancelled();
    } catch (ExecutionException defect) {
      throw new IOException("The call ended without an answer", defect.getCause());
    }
  }

  private void call() {
    var use = new AtomicReference<InProcessPlugins.@Nullable Use>();
    try {
      answer.complete(
          ActionCall.run(
              request(),
              file -> {
                var loaded = plugins.use(attempt.request().plugin(), file);
                use.set(loaded);
                return loaded.jar();
              },
              output()));
    } catch (RuntimeException | Error problem) {
      answer.completeExceptionally(problem);
    } finally {
      var used = use.get();
      if (used != null) {
        used.close();
      }
    }
  }

  private CallRequest request() {
    var request = attempt.request();
    return new CallRequest(
        request.file().toAbsolutePath(),
        request.action(),
        request.argsJson(),
        request.kwargsJson(),
        request.maxResultBytes(),
        this::folder,
        PluginEnvironment.of(request.context()));
  }

  /** Most calls that are worth this runner need none, and it would cost more than the call. */
  private Path folder() {
    try {
      return attempt.folder();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private HostOutput output() {
    var output = attempt.output();
    return new HostOutput() {
      @Override
      public void log(String level, String text) {
        output.log(level, text);
      }

      @Override
      public void progress(double fraction, String message) {
        output.progress(fraction, message);
      }
    };
  }
}

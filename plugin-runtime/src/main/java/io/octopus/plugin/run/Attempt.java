package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt from its start to its outcome, whatever the language: deadline, cancel, clean-up.
 *
 * <p>running → ended by itself, timed out, or cancelled: the first of them wins. The outcome is
 * told last, when the processes, the output and the working directory are done with.
 */
final class Attempt implements RunningAction {

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private enum State {
    RUNNING,
    ENDED,
    TIMED_OUT,
    CANCELLED
  }

  private final ActionRequest request;
  private final AttemptOutput output;
  private final WorkFolders folders;
  private final RunnerThreads threads;
  private final Confinement confinement;
  private final CompletableFuture<ActionOutcome> outcome = new CompletableFuture<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private volatile @Nullable ProcessTree tree;
  private volatile @Nullable Path folder;
  private boolean ended;
  private volatile Runnable onEnd = () -> {};
  private volatile Runnable onStop = () -> {};

  Attempt(
      ActionRequest request,
      AttemptOutput output,
      WorkFolders folders,
      RunnerThreads threads,
      Confinement confinement) {
    this.request = request;
    this.output = output;
    this.folders = folders;
    this.threads = threads;
    this.confinement = confinement;
  }

  ActionRequest request() {
    return request;
  }

  AttemptOutput output() {
    return output;
  }

  RunnerThreads threads() {
    return threads;
  }

  /**
   * The attempt's own, empty working directory; it is removed when the attempt has ended.
   *
   * @throws IOException also when the attempt is over and has none
   */
  synchronized Path folder() throws IOException {
    var known = folder;
    if (known == null) {
      if (ended) {
        throw new IOException("the attempt has ended");
      }
      known = folders.open();
      confinement.own(known);
      folder = known;
    }
    return known;
  }

  /** Uses a folder that is there already. */
  void worksIn(Path given) {
    folder = given;
  }

  /** Lets the folder be another attempt's, when this one has left it as it was; true if so. */
  boolean leavesFolder() {
    var used = folder;
    boolean clean = used != null && folders.isClean(used);
    if (clean) {
      folder = null;
    }
    return clean;
  }

  Confinement confinement() {
    return confinement;
  }

  @Override
  public CompletionStage<ActionOutcome> outcome() {
    return outcome.minimalCompletionStage();
  }

  @Override
  public void cancel() {
    try {
      threads.run(() -> stop(State.CANCELLED));
    } catch (RejectedExecutionException closed) {
      // A closed runner has ended all its attempts.
    }
  }

  void onEnd(Runnable action) {
    onEnd = action;
  }

  void awaitEnd() {
    outcome.join();
  }

  void run(LanguageRunner language) {
    try {
      threads.run(() -> runNow(language));
    } catch (RejectedExecutionException closed) {
      end(new ActionOutcome.Cancelled());
    }
  }

  private void runNow(LanguageRunner language) {
    Future<?> deadline = CompletableFuture.completedFuture(null);
    ActionOutcome result = null;
    try {
      var ready = language.prepare(this);
      deadline = threads.after(request.timeout(), () -> stop(State.TIMED_OUT));
      result = isRunning() ? ready.run(this) : null;
    } catch (IOException | RuntimeException problem) {
      LOG.warn("Execution {} could not be run", request.context().executionId(), problem);
      result = Failures.failed(FailureReason.EXCEPTION, "RunnerError", String.valueOf(problem));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      result = new ActionOutcome.Cancelled();
    } finally {
      deadline.cancel(false);
      end(result == null ? new ActionOutcome.Cancelled() : result);
    }
  }

  /** To be called before {@link #started}: a worker can be killed at any moment between. */
  void starting() throws IOException {
    folders.announce(folder(), marks());
  }

  /** Remembers a process that was started for this attempt alone. */
  ProcessTree started(ProcessHandle process, Confinement.Cell cell) throws IOException {
    folders.record(folder(), process, marks());
    return uses(new ProcessTree(process, marks(), folder(), cell));
  }

  /** Remembers the processes; kills them at once when the attempt is over already. */
  ProcessTree uses(ProcessTree processes) {
    tree = processes;
    if (state.get() != State.RUNNING) {
      processes.kill();
    }
    return processes;
  }

  /** Lets the processes live: they ended their part, and serve others from now on. */
  void release() {
    tree = null;
  }

  private Map<String, String> marks() {
    return PluginEnvironment.of(request.context());
  }

  /**
   * Claims the end for a result that has come; a deadline that passes later is too late. False when
   * a deadline or a cancel was first: then the processes are being killed.
   */
  boolean settle() {
    return state.compareAndSet(State.RUNNING, State.ENDED);
  }

  boolean isRunning() {
    return state.get() == State.RUNNING;
  }

  /** Kills what the plugin left running, but not its own process; true if there was any. */
  boolean endLeftovers() {
    var known = tree;
    var left = known == null ? Set.<String>of() : known.killOthers();
    if (!left.isEmpty()) {
      output.log("WARNING", "The action ended but left processes running, now killed: " + left);
    }
    return !left.isEmpty();
  }

  /** Remembers what else must be done at a deadline or a cancel; does it if that has been. */
  void onStop(Runnable action) {
    onStop = action;
    if (state.get() == State.TIMED_OUT || state.get() == State.CANCELLED) {
      action.run();
    }
  }

  private void stop(State how) {
    if (state.compareAndSet(State.RUNNING, how)) {
      onStop.run();
      var known = tree;
      if (known != null) {
        known.kill();
      }
    }
  }

  private void end(ActionOutcome own) {
    var unused = settle();
    try {
      var known = tree;
      if (known != null) {
        known.kill();
      }
      var used = lastFolder();
      if (used != null && state.get() != State.CANCELLED) {
        Artefacts.handOver(used, output);
      }
      output.finish();
      if (used != null) {
        folders.remove(used);
      }
    } catch (IOException | RuntimeException problem) {
      LOG.warn("Execution {} was not cleaned up", request.context().executionId(), problem);
    } finally {
      onEnd.run();
      outcome.complete(
          switch (state.get()) {
            case TIMED_OUT ->
                new ActionOutcome.TimedOut("Did not end within " + words(request.timeout()));
            case CANCELLED -> new ActionOutcome.Cancelled();
            default -> own;
          });
    }
  }

  /** From now on there is none to be had: nobody would remove it. */
  private synchronized @Nullable Path lastFolder() {
    ended = true;
    return folder;
  }

  private static String words(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}

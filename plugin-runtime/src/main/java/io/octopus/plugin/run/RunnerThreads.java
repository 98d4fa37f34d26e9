package io.octopus.plugin.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A runner's threads: one clock that never blocks, and workers that may. */
final class RunnerThreads implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunnerThreads.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AtomicLong number = new AtomicLong();
  private final ExecutorService workers = Executors.newCachedThreadPool(this::thread);
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, this::thread);

  RunnerThreads() {
    clock.setRemoveOnCancelPolicy(true);
  }

  private Thread thread(Runnable work) {
    var thread = new Thread(work, "octopus-runner-" + number.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  void run(Runnable work) {
    workers.execute(work);
  }

  Future<?> submit(Runnable work) {
    return workers.submit(work);
  }

  /** Runs work after a delay, on a worker: a sink that blocks must not hold up deadlines. */
  Future<?> after(Duration delay, Runnable work) {
    try {
      return clock.schedule(() -> runLate(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** As {@link #after}, for work that nobody calls off. */
  void later(Duration delay, Runnable work) {
    var unused = after(delay, work);
  }

  private void runLate(Runnable work) {
    try {
      workers.execute(work);
    } catch (RejectedExecutionException closed) {
      // The runner was closed in the meantime: nothing is left that this could serve.
    }
  }

  /** Waits a moment for work that is about to end, such as the start of a process. */
  @Override
  public void close() {
    clock.shutdownNow();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("A runner's work goes on after its end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

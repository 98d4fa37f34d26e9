package io.octopus.plugin.run;

import io.octopus.plugin.python.PythonInterpreter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warm interpreters: those that have served a plugin wait for its next execution, and one that has
 * served nobody waits for whatever comes.
 *
 * <p>Nobody ever waits for the pool: when none is free, one is started. Those in use are not known
 * here; who took a process gives it back or ends it.
 */
final class PythonPool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PythonPool.class);
  private static final int MOST_USES = 1000;
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);
  private static final Duration SWEEP = Duration.ofSeconds(30);

  private final PythonInterpreter interpreter;
  private final Path host;
  private final WorkFolders folders;
  private final RunnerThreads threads;
  private final Confinement confinement;
  private final int mostIdle = 2 * Runtime.getRuntime().availableProcessors() + 1;

  /** The most recently used first. */
  private final Deque<PythonProcess> idle = new ArrayDeque<>();

  private boolean spareIsComing;
  private boolean closed;

  PythonPool(
      PythonInterpreter interpreter,
      Path host,
      WorkFolders folders,
      RunnerThreads threads,
      Confinement confinement) {
    this.confinement = confinement;
    this.interpreter = interpreter;
    this.host = host;
    this.folders = folders;
    this.threads = threads;
    keepSpare();
    threads.later(SWEEP, this::sweep);
  }

  /** An interpreter for a plugin: one that knows it, one that knows nobody, or a new one. */
  PythonProcess take(Path plugin) throws IOException, InterruptedException {
    var waiting =
        takeIdle(process -> process.serves(plugin)).or(() -> takeIdle(PythonProcess::isUnused));
    if (waiting.isPresent() && !waiting.get().isUnused()) {
      return waiting.get();
    }
    keepSpare();
    return waiting.isPresent() ? waiting.get() : start();
  }

  PythonProcess start() throws IOException, InterruptedException {
    return PythonProcess.start(interpreter.find().program(), host, folders, threads, confinement);
  }

  /** Takes back a process that ended its use without a doubt about it. */
  void giveBack(PythonProcess process) {
    process.rest();
    var superfluous = new ArrayList<PythonProcess>();
    synchronized (this) {
      if (closed || process.uses() >= MOST_USES) {
        superfluous.add(process);
      } else {
        idle.addFirst(process);
        while (idle.size() > mostIdle) {
          superfluous.add(idle.removeLast());
        }
      }
    }
    superfluous.forEach(PythonPool::end);
  }

  private synchronized Optional<PythonProcess> takeIdle(Predicate<PythonProcess> wanted) {
    for (var process : List.copyOf(idle)) {
      if (!process.isAlive()) {
        idle.remove(process);
        process.forget();
      } else if (wanted.test(process)) {
        idle.remove(process);
        return Optional.of(process);
      }
    }
    return Optional.empty();
  }

  private void keepSpare() {
    synchronized (this) {
      if (closed || spareIsComing || idle.stream().anyMatch(PythonProcess::isUnused)) {
        return;
      }
      spareIsComing = true;
    }
    threads.run(this::startSpare);
  }

  private void startSpare() {
    try {
      add(start());
    } catch (IOException problem) {
      if (!isClosed()) {
        LOG.warn("No Python plugin can be run: {}", problem.getMessage());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        spareIsComing = false;
      }
    }
  }

  private void add(PythonProcess spare) {
    synchronized (this) {
      if (!closed) {
        idle.addLast(spare);
        return;
      }
    }
    spare.kill();
    spare.forget();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void sweep() {
    var old = new ArrayList<PythonProcess>();
    synchronized (this) {
      if (closed) {
        return;
      }
      idle.removeIf(
          process -> {
            boolean goes =
                !process.isAlive()
                    || (!process.isUnused() && process.idleFor().compareTo(LONGEST_IDLE) > 0);
            return goes && old.add(process);
          });
    }
    old.forEach(PythonPool::end);
    threads.later(SWEEP, this::sweep);
  }

  private static void end(PythonProcess process) {
    process.sayGoodbye();
    process.forget();
  }

  @Override
  public void close() {
    List<PythonProcess> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(idle);
      idle.clear();
    }
    all.forEach(PythonProcess::kill);
    all.forEach(PythonProcess::forget);
  }
}

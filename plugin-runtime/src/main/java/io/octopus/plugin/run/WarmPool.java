package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warm processes: those that have served a plugin wait for its next execution, and one of each
 * program that has served nobody waits for whatever comes.
 *
 * <p>Nobody ever waits for the pool: when none is free, one is started. Those in use are not known
 * here; who took a process gives it back or ends it.
 */
final class WarmPool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WarmPool.class);
  private static final int MOST_USES = 10_000;
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);
  private static final Duration SWEEP = Duration.ofSeconds(30);

  private final WorkFolders folders;
  private final RunnerThreads threads;
  private final Confinement confinement;
  private final int mostIdle;

  /** The most recently used first. */
  private final Deque<WarmProcess> idle = new ArrayDeque<>();

  private final Set<Program> sparesToCome = new HashSet<>();
  private boolean closed;

  /**
   * An empty pool.
   *
   * @param slots so many processes may wait at once, and the one that has served nobody
   */
  WarmPool(WorkFolders folders, RunnerThreads threads, Confinement confinement, int slots) {
    this.mostIdle = slots + 1;
    this.confinement = confinement;
    this.folders = folders;
    this.threads = threads;
    threads.later(SWEEP, this::sweep);
  }

  /** A process for a plugin: one that knows it, one that knows nobody, or a new one. */
  WarmProcess take(Program program, Path plugin) throws IOException {
    var waiting =
        takeIdle(process -> process.runs(program) && process.serves(plugin))
            .or(() -> takeIdle(process -> process.runs(program) && process.isUnused()));
    if (waiting.isPresent() && !waiting.get().isUnused()) {
      return waiting.get();
    }
    keepSpare(program);
    return waiting.isPresent() ? waiting.get() : start(program);
  }

  WarmProcess start(Program program) throws IOException {
    return WarmProcess.start(program, folders, threads, confinement);
  }

  /** Takes back a process that ended its use without a doubt about it. */
  void giveBack(WarmProcess process) {
    process.rest();
    var superfluous = new ArrayList<WarmProcess>();
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
    superfluous.forEach(WarmPool::end);
  }

  private synchronized Optional<WarmProcess> takeIdle(Predicate<WarmProcess> wanted) {
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

  /** Sees to it that a process of the program is there that has served nobody. */
  void keepSpare(Program program) {
    synchronized (this) {
      if (closed
          || idle.stream().anyMatch(process -> process.runs(program) && process.isUnused())
          || !sparesToCome.add(program)) {
        return;
      }
    }
    threads.run(() -> startSpare(program));
  }

  private void startSpare(Program program) {
    try {
      add(start(program));
    } catch (IOException problem) {
      if (!isClosed()) {
        LOG.warn("Cannot start {}: {}", program.command().get(0), problem.getMessage());
      }
    } finally {
      synchronized (this) {
        sparesToCome.remove(program);
      }
    }
  }

  private void add(WarmProcess spare) {
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
    var old = new ArrayList<WarmProcess>();
    synchronized (this) {
      if (closed) {
        return;
      }
      idle.removeIf(
          process -> {
            boolean goes =
                !process.isAlive()
                    || (process.idleFor().compareTo(LONGEST_IDLE) > 0
                        && !(process.isUnused() && process.program().keepsSpare()));
            return goes && old.add(process);
          });
    }
    old.forEach(WarmPool::end);
    threads.later(SWEEP, this::sweep);
  }

  private static void end(WarmProcess process) {
    process.sayGoodbye();
    process.forget();
  }

  @Override
  public void close() {
    List<WarmProcess> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(idle);
      idle.clear();
    }
    all.forEach(WarmProcess::kill);
    all.forEach(WarmProcess::forget);
  }
}

package io.octopus.plugin.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * All processes of one attempt: the first, its descendants, and those that ran away from it.
 *
 * <p>A process that left its parents (double fork, setsid) is known on Linux by its control group,
 * by the marks in its environment, or by its working directory. Killing goes on until nobody is
 * left, since a process may fork between being seen and being killed.
 */
final class ProcessTree {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private final ProcessHandle root;
  private final Map<String, String> marks;
  private final Path folder;
  private final Confinement.Cell cell;

  ProcessTree(ProcessHandle root, Map<String, String> marks, Path folder, Confinement.Cell cell) {
    this.root = root;
    this.marks = marks;
    this.folder = folder;
    this.cell = cell;
  }

  /** What a worker that is gone has left: its groups are looked after elsewhere. */
  static ProcessTree ofOrphan(ProcessHandle root, Map<String, String> marks, Path folder) {
    return new ProcessTree(root, marks, folder, Confinement.noCell());
  }

  /** Kills all of them, the first one last: while it lives, it adopts what loses its parent. */
  int kill() {
    cell.killAtOnce();
    return killAll(true).size();
  }

  /** Kills all but the first process; tells whom. */
  Set<String> killOthers() {
    return killAll(false);
  }

  private Set<String> killAll(boolean withRoot) {
    var killed = new TreeSet<String>();
    // Those that were seen once: a process that dies slowly may have lost its place in the tree.
    var seen = new LinkedHashSet<ProcessHandle>();
    long start = System.nanoTime();
    for (var living = living(withRoot, seen); !living.isEmpty(); living = living(withRoot, seen)) {
      for (var process : living) {
        if (!LinuxProcesses.isPartOfPython(process)) {
          killed.add(LinuxProcesses.nameOf(process));
        }
        process.destroyForcibly();
      }
      if (System.nanoTime() - start > PATIENCE) {
        break;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    return killed;
  }

  private List<ProcessHandle> living(boolean withRoot, Set<ProcessHandle> seen) {
    var all = new LinkedHashSet<ProcessHandle>(seen);
    root.descendants().forEach(all::add);
    all.addAll(cell.members());
    for (var marked : LinuxProcesses.marked(marks, folder)) {
      marked.descendants().forEach(all::add);
      all.add(marked);
    }
    all.remove(root);
    if (withRoot) {
      all.add(root);
    }
    all.remove(ProcessHandle.current());
    seen.addAll(all);
    var living = new ArrayList<>(all);
    living.removeIf(process -> !process.isAlive() || LinuxProcesses.isZombie(process));
    return living;
  }
}

package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One control group: a process, and all that comes of it. */
final class Cgroup implements AutoCloseable {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

  /** One folder for each version or controller; the processes are in all of them. */
  private final List<Path> folders;

  private final Queue<Path> emptied;

  Cgroup(List<Path> folders, Queue<Path> emptied) {
    this.folders = folders;
    this.emptied = emptied;
  }

  /** The files through which a process enters. */
  Stream<Path> entrances() {
    return folders.stream().map(folder -> folder.resolve("cgroup.procs"));
  }

  /** The processes in it. */
  Set<ProcessHandle> members() {
    var members = new LinkedHashSet<ProcessHandle>();
    for (var entrance : entrances().toList()) {
      try {
        for (var line : Files.readAllLines(entrance)) {
          ProcessHandle.of(Long.parseLong(line.strip())).ifPresent(members::add);
        }
      } catch (IOException | NumberFormatException gone) {
        // No group, no members.
      }
    }
    return members;
  }

  /** Kills all at once, where the kernel can; true when it was told to. */
  boolean killAtOnce() {
    for (var folder : folders) {
      var kill = folder.resolve("cgroup.kill");
      if (Files.exists(kill)) {
        try {
          Files.writeString(kill, "1");
          return true;
        } catch (IOException gone) {
          // Then one by one.
        }
      }
    }
    return false;
  }

  /** Kills until nobody is left. */
  void killAll() {
    long start = System.nanoTime();
    for (var left = members(); !left.isEmpty(); left = members()) {
      if (!killAtOnce()) {
        left.forEach(ProcessHandle::destroyForcibly);
      }
      if (System.nanoTime() - start > PATIENCE) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** Whether the kernel has killed one of them for want of memory. */
  boolean ranOutOfMemory() {
    return folders.stream()
        .flatMap(folder -> Stream.of("memory.events", "memory.oom_control").map(folder::resolve))
        .anyMatch(Cgroup::countsKills);
  }

  private static boolean countsKills(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .anyMatch(line -> line.startsWith("oom_kill ") && !line.endsWith(" 0"));
    } catch (IOException none) {
      return false;
    }
  }

  @Override
  public void close() {
    for (var folder : folders) {
      if (!Cgroups.remove(folder)) {
        emptied.add(folder);
      }
    }
  }
}

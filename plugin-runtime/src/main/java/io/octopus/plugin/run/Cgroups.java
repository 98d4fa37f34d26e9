package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control groups that one runner's processes live in, each in its own: they cannot leave it, so
 * they are counted, limited and found together, whatever they do.
 *
 * <p>Used where the worker may make groups: with the rights of root, or of a service that systemd
 * delegates its group to. Works with both versions of the kernel's interface, also side by side.
 */
final class Cgroups implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Cgroups.class);
  private static final String PREFIX = "octopus-";

  /** What can be limited. */
  enum Kind {
    MEMORY("memory"),
    PROCESSES("pids");

    private final String controller;

    Kind(String controller) {
      this.controller = controller;
    }
  }

  /** Where groups of this runner are made; the kinds are those that can be limited there. */
  record Home(Path folder, boolean unified, List<Kind> kinds) {}

  private final List<Home> homes;
  private final Queue<Path> emptied = new ConcurrentLinkedQueue<>();

  private Cgroups(List<Home> homes) {
    this.homes = homes;
  }

  /** The groups of a session; empty where this process may not make any. */
  static Optional<Cgroups> open(CgroupMounts mounts, String session) {
    var homes = new ArrayList<Home>();
    for (var place : mounts.places()) {
      try {
        removeDead(place.folder());
        var own = Files.createDirectory(place.folder().resolve(PREFIX + session));
        homes.add(new Home(own, place.unified(), mounts.delegate(place, own)));
      } catch (IOException notAllowed) {
        LOG.debug("No groups in {}: {}", place.folder(), notAllowed.toString());
      }
    }
    return homes.isEmpty() ? Optional.empty() : Optional.of(new Cgroups(List.copyOf(homes)));
  }

  boolean canLimit(Kind kind) {
    return homes.stream().anyMatch(home -> home.kinds().contains(kind));
  }

  /** Makes a group for one process and all that it will start. */
  Cgroup create(String name, Limits limits) throws IOException {
    emptied.removeIf(Cgroups::remove);
    var folders = new ArrayList<Path>();
    var group = new Cgroup(folders, emptied);
    try {
      for (var home : homes) {
        var folder = Files.createDirectory(home.folder().resolve(name));
        folders.add(folder);
        for (var file : files(home, limits).entrySet()) {
          write(folder.resolve(file.getKey()), file.getValue());
        }
      }
      return group;
    } catch (IOException problem) {
      group.close();
      throw problem;
    }
  }

  private static Map<String, Long> files(Home home, Limits limits) {
    var files = new LinkedHashMap<String, Long>();
    if (limits.memoryBytes() > 0 && home.kinds().contains(Kind.MEMORY)) {
      files.put(home.unified() ? "memory.max" : "memory.limit_in_bytes", limits.memoryBytes());
      putIfThere(files, home, "memory.swap.max", 0);
      putIfThere(files, home, "memory.memsw.limit_in_bytes", limits.memoryBytes());
    }
    if (limits.processes() > 0 && home.kinds().contains(Kind.PROCESSES)) {
      files.put("pids.max", (long) limits.processes());
    }
    return files;
  }

  /** Systems without swap have no such files, nor does every group that has a parent. */
  private static void putIfThere(Map<String, Long> files, Home home, String name, long value) {
    if (Files.exists(home.folder().resolve(name))) {
      files.put(name, value);
    }
  }

  private static void write(Path file, long value) throws IOException {
    Files.writeString(file, Long.toString(value));
  }

  /** A group can be removed once its last process is gone, which takes a moment. */
  static boolean remove(Path folder) {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }

  /** Ends what runners that were killed have left in their groups. */
  private static void removeDead(Path place) throws IOException {
    try (var sessions = Files.newDirectoryStream(place, PREFIX + "*-*-*")) {
      for (var session : sessions) {
        if (WorkFolders.isOfDeadOwner(
            session.getFileName().toString().substring(PREFIX.length()))) {
          removeDeadSession(session);
        }
      }
    } catch (DirectoryIteratorException problem) {
      throw problem.getCause();
    }
  }

  private static void removeDeadSession(Path session) throws IOException {
    try (var groups = Files.newDirectoryStream(session, Files::isDirectory)) {
      for (var group : groups) {
        new Cgroup(List.of(group), new ConcurrentLinkedQueue<>()).killAll();
        remove(group);
      }
    }
    remove(session);
  }

  @Override
  public void close() {
    emptied.removeIf(Cgroups::remove);
    homes.forEach(home -> remove(home.folder()));
  }

  static String controller(Kind kind) {
    return kind.controller;
  }
}

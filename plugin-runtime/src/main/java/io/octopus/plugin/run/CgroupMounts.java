package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where this process stands in the system's control groups, in both versions of their interface.
 *
 * @param system usually /sys/fs/cgroup
 * @param own usually /proc/self/cgroup: lines of number, controllers and path
 */
record CgroupMounts(Path system, Path own, long pid) {

  /** A group in which others may be made. */
  record Place(Path folder, boolean unified, List<Cgroups.Kind> kinds) {}

  static CgroupMounts ofThisProcess() {
    return new CgroupMounts(
        Path.of("/sys/fs/cgroup"), Path.of("/proc/self/cgroup"), ProcessHandle.current().pid());
  }

  /** This process's own groups. */
  List<Place> places() {
    var places = new ArrayList<Place>();
    try {
      for (var line : Files.readAllLines(own)) {
        var parts = line.split(":", 3);
        if (parts.length == 3) {
          add(places, parts[1], parts[2]);
        }
      }
    } catch (IOException notLinux) {
      return List.of();
    }
    return places;
  }

  private void add(List<Place> places, String controllers, String path) {
    var inside = path.startsWith("/") ? path.substring(1) : path;
    if (controllers.isEmpty()) {
      var mount = system.resolve("unified");
      var root = Files.exists(mount.resolve("cgroup.procs")) ? mount : system;
      var folder = root.resolve(inside);
      if (Files.exists(folder.resolve("cgroup.controllers"))) {
        places.add(new Place(folder, true, List.of()));
      }
      return;
    }
    for (var kind : Cgroups.Kind.values()) {
      var folder = system.resolve(Cgroups.controller(kind)).resolve(inside);
      if (List.of(controllers.split(",", -1)).contains(Cgroups.controller(kind))
          && Files.exists(folder.resolve("cgroup.procs"))) {
        places.add(new Place(folder, false, List.of(kind)));
      }
    }
  }

  /** Gets the controllers for groups inside a new one; tells which it got. */
  List<Cgroups.Kind> delegate(Place place, Path session) throws IOException {
    if (!place.unified()) {
      return place.kinds();
    }
    var got = new ArrayList<Cgroups.Kind>();
    for (var kind : Cgroups.Kind.values()) {
      if (has(place.folder().resolve("cgroup.controllers"), kind)
          && (has(place.folder().resolve("cgroup.subtree_control"), kind)
              || enable(place.folder(), kind)
              || (stepAside(place.folder(), session) && enable(place.folder(), kind)))
          && enable(session, kind)) {
        got.add(kind);
      }
    }
    return got;
  }

  private static boolean has(Path file, Cgroups.Kind kind) throws IOException {
    return List.of(Files.readString(file).strip().split(" ", -1))
        .contains(Cgroups.controller(kind));
  }

  private static boolean enable(Path folder, Cgroups.Kind kind) {
    try {
      Files.writeString(folder.resolve("cgroup.subtree_control"), "+" + Cgroups.controller(kind));
      return true;
    } catch (IOException notAllowed) {
      return false;
    }
  }

  /**
   * A group with processes of its own cannot limit groups inside: when this process is alone in its
   * group, as a service is, it moves into one of its own.
   */
  private boolean stepAside(Path folder, Path session) {
    try {
      if (!Files.readString(folder.resolve("cgroup.procs")).strip().equals(Long.toString(pid))) {
        return false;
      }
      var aside = session.resolveSibling("octopus-worker");
      if (!Files.isDirectory(aside)) {
        Files.createDirectory(aside);
      }
      Files.writeString(aside.resolve("cgroup.procs"), Long.toString(pid));
      return true;
    } catch (IOException notAllowed) {
      return false;
    }
  }
}

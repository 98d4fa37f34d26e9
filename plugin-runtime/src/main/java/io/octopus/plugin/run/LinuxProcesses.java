package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What /proc tells about processes; on other systems, nothing. */
final class LinuxProcesses {

  private static final Path PROC = Path.of("/proc");

  private LinuxProcesses() {}

  /** The processes that carry all the marks in their environment, or work inside the folder. */
  static List<ProcessHandle> marked(Map<String, String> marks, Path folder) {
    var found = new ArrayList<ProcessHandle>();
    if (!isHere()) {
      return found;
    }
    long self = ProcessHandle.current().pid();
    try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var entry : entries) {
        long pid = Long.parseLong(entry.getFileName().toString());
        if (pid != self && (worksIn(entry, folder) || carries(entry, marks))) {
          ProcessHandle.of(pid).ifPresent(found::add);
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      // What is unreadable is another user's, so none of ours.
    }
    return found;
  }

  static boolean isHere() {
    return Files.isDirectory(PROC.resolve("self"));
  }

  /** How many processes and threads this process's user has, as the limit of processes counts. */
  static long countOwn() {
    long count = 0;
    try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      var own = Files.getOwner(PROC.resolve("self").toRealPath());
      for (var entry : entries) {
        count += threads(entry, own);
      }
    } catch (IOException | DirectoryIteratorException notLinux) {
      // The limit is then the number itself.
    }
    return count;
  }

  private static long threads(Path entry, UserPrincipal own) {
    try {
      return Files.getOwner(entry).equals(own)
          ? Optional.ofNullable(entry.resolve("task").toFile().list()).map(t -> t.length).orElse(0)
          : 0;
    } catch (IOException gone) {
      return 0;
    }
  }

  private static boolean carries(Path entry, Map<String, String> marks) {
    var environment = text(entry.resolve("environ")).orElse("");
    if (environment.isEmpty() || marks.isEmpty()) {
      return false;
    }
    var searchable = "\0" + environment + "\0";
    return marks.entrySet().stream()
        .map(mark -> "\0" + mark.getKey() + "=" + mark.getValue() + "\0")
        .allMatch(searchable::contains);
  }

  private static boolean worksIn(Path entry, Path folder) {
    try {
      return Files.readSymbolicLink(entry.resolve("cwd")).startsWith(folder);
    } catch (IOException gone) {
      return false;
    }
  }

  /** True for a process that is dead but that its parent has not asked about. */
  static boolean isZombie(ProcessHandle process) {
    var stat = text(PROC.resolve(Long.toString(process.pid())).resolve("stat")).orElse("");
    int state = stat.lastIndexOf(')') + 2;
    return state < stat.length() && (stat.charAt(state) == 'Z' || stat.charAt(state) == 'X');
  }

  /** True for the processes that Python itself keeps beside a program that uses several. */
  static boolean isPartOfPython(ProcessHandle process) {
    var line = commandLine(process);
    return line.contains("multiprocessing.resource_tracker")
        || line.contains("multiprocessing.forkserver");
  }

  static String nameOf(ProcessHandle process) {
    var line = commandLine(process).replace('\0', ' ').strip();
    var name = line.isEmpty() ? process.info().command().orElse("?") : line;
    return "%d %s".formatted(process.pid(), name.length() > 80 ? name.substring(0, 80) : name);
  }

  private static String commandLine(ProcessHandle process) {
    return text(PROC.resolve(Long.toString(process.pid())).resolve("cmdline")).orElse("");
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}

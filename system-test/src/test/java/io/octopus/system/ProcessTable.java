package io.octopus.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Reads the machine's processes from /proc, also those that left their parent and their group. */
public final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  private ProcessTable() {}

  /** Processes with the text in their command line. */
  public static List<ProcessHandle> withCommandLine(String text) {
    return matching(folder -> contains(folder.resolve("cmdline"), text));
  }

  /** Processes that name the text in command line, environment or working directory. */
  static List<ProcessHandle> mentioning(String text) {
    return matching(
        folder ->
            contains(folder.resolve("cmdline"), text)
                || contains(folder.resolve("environ"), text)
                || worksIn(folder, text));
  }

  private static List<ProcessHandle> matching(Predicate<Path> wanted) {
    try (var folders = Files.list(PROC)) {
      return folders
          .filter(folder -> folder.getFileName().toString().chars().allMatch(Character::isDigit))
          .filter(wanted)
          .map(folder -> Long.parseLong(folder.getFileName().toString()))
          .filter(pid -> pid != ProcessHandle.current().pid())
          .flatMap(pid -> ProcessHandle.of(pid).stream())
          .toList();
    } catch (IOException noSuchFolder) {
      return List.of();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(text);
    } catch (IOException gone) {
      return false;
    }
  }

  private static boolean worksIn(Path folder, String text) {
    try {
      return Files.readSymbolicLink(folder.resolve("cwd")).toString().contains(text);
    } catch (IOException gone) {
      return false;
    }
  }
}

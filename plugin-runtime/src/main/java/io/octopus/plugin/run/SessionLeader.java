package io.octopus.plugin.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts a program in a session of its own, where the system has the tool for it.
 *
 * <p>Ctrl-C in the worker's terminal goes to everything in the terminal's session; it is meant for
 * the worker, which lets running work finish.
 */
final class SessionLeader {

  private static final Optional<String> TOOL =
      Stream.of("/usr/bin/setsid", "/bin/setsid")
          .filter(path -> Files.isExecutable(Path.of(path)))
          .findFirst();

  private SessionLeader() {}

  /** The command that starts a command so; refuses a program that is not there, as Java would. */
  static List<String> of(List<String> command) throws IOException {
    var line = new ArrayList<String>();
    if ((TOOL.isPresent() || Confinement.startsThroughShell()) && !isThere(command.get(0))) {
      throw new IOException("Cannot run program \"" + command.get(0) + "\": not found");
    }
    TOOL.ifPresent(line::add);
    line.addAll(command);
    return line;
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
  }
}

package io.octopus.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that starts this program once more, with the same runtime and the same jars. */
final class JavaCommand {
  private JavaCommand() {}

  static List<String> line(List<String> arguments) {
    List<String> line = new ArrayList<>();
    if (File.separatorChar == '/') {
      // Ctrl-C and a closed terminal reach the whole group at once; the children are stopped by
      // their parent, in order.
      line.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "octopus"));
    }
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(runtimeFlags());
    line.addAll(List.of("-cp", System.getProperty("java.class.path", ""), Main.class.getName()));
    line.addAll(arguments);
    return line;
  }

  private static List<String> runtimeFlags() {
    List<String> flags = new ArrayList<>();
    Path nodeFlags = Installation.home().resolve("bin").resolve("node.args");
    if (Files.exists(nodeFlags)) {
      flags.add("@" + nodeFlags);
    }
    flags.addAll(StartArchive.flags());
    flags.add("-D" + Installation.HOME + "=" + Installation.home());
    if (Runtime.version().feature() >= 24) {
      flags.add("--enable-native-access=ALL-UNNAMED");
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    String more = System.getenv().getOrDefault("OCTOPUS_JAVA_OPTS", "").strip();
    if (!more.isEmpty()) {
      flags.addAll(List.of(more.split("\\s+", -1)));
    }
    return flags;
  }
}

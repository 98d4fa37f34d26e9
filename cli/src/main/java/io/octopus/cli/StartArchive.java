package io.octopus.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * The file in which the Java runtime keeps the product's classes ready for use (AppCDS): with it a
 * node is ready after a third of the time. It is good for one build of the runtime and the very
 * jars it was made from; otherwise the runtime passes over it.
 */
final class StartArchive {
  private StartArchive() {}

  /** Where the launcher looks for it. */
  static Path file() {
    Path home = Installation.home();
    Path copied = home.resolve("lib");
    Path built = home.resolve("cli").resolve("target").resolve("octopus").resolve("lib");
    return (copied.toFile().isDirectory() ? copied : built)
        .resolve("octopus-java" + Runtime.version().feature() + ".jsa");
  }

  /** What makes the runtime use it, or pass over it without a word. */
  static List<String> flags() {
    Path file = file();
    return file.toFile().isFile()
        ? List.of(
            "-XX:SharedArchiveFile=" + file,
            "-Xshare:auto",
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off")
        : List.of();
  }
}

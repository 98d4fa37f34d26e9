package io.octopus.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The packaged product as the build left it, and the files of the repository beside it. */
public final class Distribution {
  private Distribution() {}

  /** The command everything is started with. */
  static Path octopus() {
    Path command = property("octopus.distribution").resolve("bin/octopus");
    if (!Files.isExecutable(command)) {
      throw new IllegalStateException(command + " is not there: build with mvn package first");
    }
    return command;
  }

  static Path repository() {
    return property("octopus.repository");
  }

  /** Where tests put data folders and console output. */
  static Path workFolder() {
    return property("octopus.work");
  }

  /** Puts the sample plugins and those of the tests into one folder. */
  static Path copyPlugins(Path to) {
    try {
      Files.createDirectories(to);
      copyFiles(repository().resolve("plugins"), to);
      copyFiles(repository().resolve("system-test/src/test/resources/plugins"), to);
      return to;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (var files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(
            file, to.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static Path property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("run by Maven, which sets -D" + name);
    }
    return Path.of(value);
  }
}

package io.octopus.coordinator.plugin;

import io.octopus.plugin.archive.Language;
import io.octopus.plugin.archive.PluginFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the file system says about a plugin's file and about the requirements beside it, without
 * reading either.
 */
record PluginStamp(FileStamp file, Optional<FileStamp> requirements) {

  /** Empty when there is no such file, whatever lies beside it. */
  static Optional<PluginStamp> of(Path file) {
    return FileStamp.of(file).map(stamp -> new PluginStamp(stamp, requirementsOf(file)));
  }

  private static Optional<FileStamp> requirementsOf(Path file) {
    String name = file.getFileName().toString();
    return PluginFile.languageOf(name) == Language.PYTHON
        ? FileStamp.of(file.resolveSibling(PluginFile.requirementsFileOf(name)))
        : Optional.empty();
  }

  /** Whether somebody may still be writing. */
  boolean isYoungerThan(Duration quiet, Instant now) {
    return both().anyMatch(stamp -> stamp.isYoungerThan(quiet, now));
  }

  /** Whether files with these stamps that were read then can have changed without showing it. */
  boolean mayHideAWriteAfter(Instant read) {
    return both().anyMatch(stamp -> stamp.mayHideAWriteAfter(read));
  }

  private Stream<FileStamp> both() {
    return Stream.concat(Stream.of(file), requirements.stream());
  }
}

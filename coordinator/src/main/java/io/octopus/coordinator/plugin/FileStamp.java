package io.octopus.coordinator.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the file system says about a file without reading it. The key (on Unix the inode) tells a
 * file that was renamed over another of the same size and time.
 */
record FileStamp(long size, Instant modified, @Nullable Object key) {

  /** File systems count time in steps: two writes within one step leave the same stamp. */
  private static final Duration COARSEST_STEP = Duration.ofSeconds(2);

  /** Empty when there is no such file, or it cannot be looked at. */
  static Optional<FileStamp> of(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(
              new FileStamp(
                  attributes.size(),
                  attributes.lastModifiedTime().toInstant(),
                  attributes.fileKey()))
          : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** Whether somebody may still be writing: the last write is that young, or in the future. */
  boolean isYoungerThan(Duration quiet, Instant now) {
    return modified.plus(quiet).isAfter(now);
  }

  /** Whether a file with this stamp that was read then can have changed without showing it. */
  boolean mayHideAWriteAfter(Instant read) {
    return isYoungerThan(COARSEST_STEP, read);
  }
}

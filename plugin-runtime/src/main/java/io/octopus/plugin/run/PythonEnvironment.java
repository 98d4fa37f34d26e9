package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * One virtual environment on disk. It counts when its marker is there: it is built in place, since
 * virtual environments cannot be moved, and a build may be cut off.
 */
record PythonEnvironment(Path folder) {

  boolean isReady() {
    return Files.exists(marker()) && Files.isExecutable(program());
  }

  /** Its interpreter. */
  Path program() {
    var windows = folder.resolve("Scripts").resolve("python.exe");
    return Files.exists(windows) ? windows : folder.resolve("bin").resolve("python");
  }

  /** What the installers said. */
  Path log() {
    return folder.resolve("build.log");
  }

  /** To be called by whoever builds or removes it: other processes may share the folder. */
  FileChannel open() throws IOException {
    Files.createDirectories(folder.getParent());
    return FileChannel.open(
        folder.resolveSibling(folder.getFileName() + ".lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  void markReady() throws IOException {
    Files.createFile(marker());
  }

  /** Remembers that it was used. */
  void touch(Instant now) {
    try {
      Files.setLastModifiedTime(marker(), FileTime.from(now));
    } catch (IOException unwritable) {
      // At worst it is removed too early, and built again.
    }
  }

  Instant lastUsed() throws IOException {
    var known = Stream.of(marker(), folder).filter(Files::exists).findFirst();
    return known.isPresent() ? Files.getLastModifiedTime(known.get()).toInstant() : Instant.EPOCH;
  }

  /** Removes it, unless another process is just building it. */
  void remove() throws IOException {
    try (var channel = open();
        var lock = channel.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(marker());
        FolderRemoval.remove(folder);
      }
    }
  }

  private Path marker() {
    return folder.resolve(".ready");
  }
}

package io.octopus.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Makes fsync slow for processes that were started with its environment, while they run: a small
 * library, compiled here and preloaded. Needs Linux and a C compiler.
 */
public final class SlowDisk {
  private final Path library;
  private final Path delay;

  private SlowDisk(Path library, Path delay) {
    this.library = library;
    this.delay = delay;
  }

  /** Whether there is a compiler. */
  public static boolean canBeMade() {
    return Shell.run("cc", "--version").isEmpty();
  }

  /** Compiles the library into the folder. */
  static SlowDisk in(Path folder) {
    Path source =
        Distribution.repository().resolve("system-test/src/test/resources/native/slow_fsync.c");
    Path library = folder.resolve("slow_fsync.so");
    String said =
        Shell.run(
            "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl");
    if (!said.isEmpty()) {
      throw new IllegalStateException("cannot compile " + source + ": " + said);
    }
    return new SlowDisk(library, folder.resolve("slow_fsync.delay"));
  }

  /** What a process must be started with. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "SLOW_FSYNC_FILE", delay.toString());
  }

  /** From now on every fsync takes longer. */
  public void slowDown(Duration by) {
    try {
      Files.writeString(delay, Long.toString(by.toMillis()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  public void speedUp() {
    try {
      Files.deleteIfExists(delay);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

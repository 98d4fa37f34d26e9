package io.octopus.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets the clock of processes that were started with its environment, while they run, and theirs
 * only: libfaketime. Their monotonic clock stays right. Needs Linux.
 */
public final class WrongClock {
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"));

  private final Path library;
  private final Path setting;

  private WrongClock(Path library, Path setting) {
    this.library = library;
    this.setting = setting;
  }

  /** Whether the library is there. */
  public static boolean canBeMade() {
    return library().isPresent();
  }

  static WrongClock in(Path folder) {
    var clock = new WrongClock(library().orElseThrow(), folder.resolve("clock.setting"));
    clock.set(Duration.ZERO);
    return clock;
  }

  private static Optional<Path> library() {
    return LIBRARIES.stream().filter(Files::exists).findFirst();
  }

  /** What a process must be started with. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", setting.toString(),
        "FAKETIME_NO_CACHE", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // waiting goes by the monotonic clock, which is right already
        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
        "NO_FAKE_STAT", "1");
  }

  /** From now on the clock is wrong by so much. */
  public void set(Duration offset) {
    Path next = setting.resolveSibling("clock.next");
    try {
      Files.writeString(next, "%+.3f%n".formatted(offset.toMillis() / 1000.0));
      Files.move(
          next, setting, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

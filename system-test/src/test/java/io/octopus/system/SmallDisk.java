package io.octopus.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system in memory that is small enough to be filled to its last byte. Needs root. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private final Path filler;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.filler = folder.resolve("filler");
  }

  /** Whether this machine lets us mount file systems. */
  public static boolean canBeMounted() {
    try {
      var folder = Files.createTempDirectory("octopus-disk");
      try (var disk = mount(folder, 1)) {
        return Files.isDirectory(disk.folder);
      } catch (IllegalStateException notAllowed) {
        return false;
      } finally {
        Files.delete(folder);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static SmallDisk mount(Path folder, int mebibytes) {
    try {
      Files.createDirectories(folder);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    String size = "size=" + mebibytes + "m";
    String said = Shell.run("mount", "-t", "tmpfs", "-o", size, "octopus", folder.toString());
    if (!said.isEmpty()) {
      throw new IllegalStateException("cannot mount " + folder + ": " + said);
    }
    return new SmallDisk(folder);
  }

  /** Takes all the space that is left. */
  public void fill() {
    for (int size = 1 << 16; size > 0; size /= 16) {
      writeUntilFull(new byte[size]);
    }
  }

  private void writeUntilFull(byte[] block) {
    try (OutputStream file =
        Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        file.write(block);
      }
    } catch (IOException full) {
      if (!String.valueOf(full.getMessage()).contains("No space left")) {
        throw new UncheckedIOException(full);
      }
    }
  }

  /** Gives the space back that was taken. */
  public void release() {
    try {
      Files.deleteIfExists(filler);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void close() {
    // a process that has just been killed may still have a file open
    Shell.run("umount", "--lazy", folder.toString());
  }
}

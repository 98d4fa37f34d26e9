package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Removes a folder with all that a plugin has left in it, read-only folders too. */
final class FolderRemoval extends SimpleFileVisitor<Path> {

  private FolderRemoval() {}

  /** Links are removed, not followed. */
  static void remove(Path folder) throws IOException {
    try {
      Files.delete(folder);
    } catch (NoSuchFileException gone) {
      // nothing is left to be removed
    } catch (IOException full) {
      Files.walkFileTree(folder, new FolderRemoval());
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    var file = folder.toFile();
    if (!file.canWrite() || !file.canExecute() || !file.canRead()) {
      boolean opened =
          file.setReadable(true, true) && file.setWritable(true, true) && file.setExecutable(true);
      return opened ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Files.deleteIfExists(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
      throws IOException {
    if (problem != null) {
      throw problem;
    }
    Files.deleteIfExists(folder);
    return FileVisitResult.CONTINUE;
  }
}

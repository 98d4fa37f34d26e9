package io.octopus.coordinator.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where a coordinator keeps its files; only its own user may read them. */
public record DataFolder(Path path) {

  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  /** Journal, read model and primary data. */
  public Path database() {
    return path.resolve("octopus.db");
  }

  /** What executions print. */
  public Path outputDatabase() {
    return path.resolve("output.db");
  }

  Path lock() {
    return path.resolve("coordinator.lock");
  }

  /**
   * Makes the folder and the databases' files. The files must be there with their permissions
   * before SQLite opens them: it gives the same ones to the files that it puts beside them.
   */
  void create() {
    createFolder();
    createFile(database());
    createFile(outputDatabase());
  }

  void createFolder() {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
        restrict(path, FOLDER);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot make the data folder " + path, failure);
    }
  }

  void createFile(Path file) {
    try {
      Files.createFile(file, isPosix() ? attributes() : new FileAttribute<?>[0]);
    } catch (FileAlreadyExistsException thereAlready) {
      // it has the permissions that it was made with, or what an operator gave it
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot make " + file, failure);
    }
  }

  private static FileAttribute<?>[] attributes() {
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)};
  }

  private void restrict(Path target, Set<PosixFilePermission> permissions) throws IOException {
    if (isPosix()) {
      Files.setPosixFilePermissions(target, permissions);
    }
  }

  private boolean isPosix() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}

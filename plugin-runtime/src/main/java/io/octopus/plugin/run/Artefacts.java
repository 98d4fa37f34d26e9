package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Hands over the files that an attempt has left in the folder {@code output} of its working
 * directory; says in the log what stays behind.
 *
 * <p>Links are not followed: what they name is not the attempt's. To be used when the attempt's
 * processes are gone, so that nobody can put a link in a file's place.
 */
final class Artefacts extends SimpleFileVisitor<Path> {

  static final String FOLDER = "output";
  static final int MOST_FILES = 100;
  static final long MOST_BYTES = 64L << 20;
  private static final int MOST_NAMED = 5;

  private final Path root;
  private final Object owner;

  /** By name, so that what is left out does not depend on the file system. */
  private final TreeMap<String, BasicFileAttributes> files = new TreeMap<>();

  private final List<String> left = new ArrayList<>();

  private Artefacts(Path root, Object owner) {
    this.root = root;
    this.owner = owner;
  }

  static void handOver(Path folder, AttemptOutput output) throws IOException {
    var root = folder.resolve(FOLDER);
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    var found = new Artefacts(root, ownerOf(folder));
    Files.walkFileTree(root, found);
    found.give(output);
  }

  private void give(AttemptOutput output) {
    int count = 0;
    long bytes = 0;
    for (var file : files.entrySet()) {
      long size = file.getValue().size();
      if (count == MOST_FILES) {
        left.add("%s (more than %d files)".formatted(file.getKey(), MOST_FILES));
      } else if (bytes + size > MOST_BYTES) {
        left.add("%s (more than %d MiB)".formatted(file.getKey(), MOST_BYTES >> 20));
      } else {
        output.artefact(file.getKey(), root.resolve(file.getKey()));
        count++;
        bytes += size;
      }
    }
    if (!left.isEmpty()) {
      var named = String.join(", ", left.subList(0, Math.min(MOST_NAMED, left.size())));
      output.log(
          "WARNING",
          "Not kept of output/: "
              + named
              + (left.size() > MOST_NAMED
                  ? " and %d more".formatted(left.size() - MOST_NAMED)
                  : ""));
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
    var file = path.toFile();
    if (file.canRead() && file.canExecute()) {
      return FileVisitResult.CONTINUE;
    }
    left.add(nameOf(path) + " (not readable)");
    return FileVisitResult.SKIP_SUBTREE;
  }

  @Override
  public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
    if (!attributes.isRegularFile()) {
      left.add(nameOf(path) + (attributes.isSymbolicLink() ? " (a link)" : " (not a file)"));
    } else if (!ownerOf(path).equals(owner) || !path.toFile().canRead()) {
      left.add(nameOf(path) + " (not readable)");
    } else {
      files.put(nameOf(path), attributes);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path path, IOException problem) {
    left.add(nameOf(path) + " (" + problem.getClass().getSimpleName() + ")");
    return FileVisitResult.CONTINUE;
  }

  private String nameOf(Path path) {
    return path.equals(root)
        ? FOLDER
        : root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  /** A hard link to another user's file would be kept with the worker's rights. */
  private static Object ownerOf(Path path) throws IOException {
    return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
  }
}

package io.octopus.worker.execution;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.work.AttemptFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where attempts' files wait until a coordinator has stored them: a folder for each attempt that
 * has any, in it each file under a number and, written after it, what it is.
 */
public final class FileFolder {

  /** A file that waits, and where. */
  record Kept(AttemptFile file, Path path) {}

  /** What is written beside a file. */
  private record Label(
      String execution, int attempt, AttemptFile.Kind kind, String name, long size, String sha256) {

    AttemptId id() {
      return new AttemptId(new ExecutionId(execution), attempt);
    }

    AttemptFile file() {
      return new AttemptFile(kind, name, size, sha256);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(FileFolder.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTENT = ".bin";
  private static final String LABEL = ".json";

  private final Path folder;

  /** Attempts' files in a folder of their own. */
  public FileFolder(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + folder, e);
    }
  }

  /** Ids are made elsewhere and may hold what a file's name may not: the name is their hash. */
  Path of(AttemptId attempt) {
    var hash = sha256().digest(attempt.toString().getBytes(StandardCharsets.UTF_8));
    return folder.resolve(HexFormat.of().formatHex(hash, 0, 16));
  }

  /** Where the content of an attempt's next file goes. */
  Path content(AttemptId attempt, int number) {
    return of(attempt).resolve(number + CONTENT);
  }

  /** Makes a content that was written a file of the attempt. */
  void label(AttemptId attempt, Path content, AttemptFile file) throws IOException {
    var label =
        new Label(
            attempt.execution().value(),
            attempt.number(),
            file.kind(),
            file.name(),
            file.size(),
            file.sha256());
    Durable.write(labelOf(content), JSON.writeValueAsBytes(label));
  }

  /**
   * The files that an earlier process left for results that still wait. All others are deleted:
   * their attempts are lost.
   */
  Map<AttemptId, List<Kept>> left(Collection<AttemptId> waiting) {
    var left = new HashMap<AttemptId, List<Kept>>();
    try (var attempts = Files.list(folder)) {
      for (var one : attempts.toList()) {
        var files = read(one);
        var owner = files.keySet().stream().findFirst().filter(waiting::contains);
        if (owner.isPresent()) {
          left.put(owner.get(), files.get(owner.get()));
        } else {
          delete(one);
        }
      }
    } catch (IOException e) {
      LOG.warn("Files left by an earlier process cannot be read: {}", e.toString());
    }
    return left;
  }

  /** Deletes all files of an attempt. */
  void delete(AttemptId attempt) {
    try {
      delete(of(attempt));
    } catch (IOException e) {
      LOG.warn("The files of {} could not be deleted: {}", attempt, e.toString());
    }
  }

  /** What an attempt's folder holds; nothing when that cannot be read. */
  private static Map<AttemptId, List<Kept>> read(Path attempt) {
    var all = new HashMap<AttemptId, List<Kept>>();
    try (var labels = Files.list(attempt)) {
      for (var path : labels.filter(it -> it.toString().endsWith(LABEL)).sorted().toList()) {
        var label = JSON.readValue(Files.readAllBytes(path), Label.class);
        var kept = new Kept(label.file(), contentOf(path));
        var files = all.computeIfAbsent(label.id(), id -> new ArrayList<>());
        if (label.kind() != AttemptFile.Kind.RESULT || isAsItWas(kept)) {
          files.add(kept);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} holds no files of an attempt: {}", attempt, e.toString());
      return Map.of();
    }
    return all;
  }

  private static boolean isAsItWas(Kept kept) throws IOException {
    var hash = sha256().digest(Files.readAllBytes(kept.path()));
    var isAsItWas = HexFormat.of().formatHex(hash).equals(kept.file().sha256());
    if (!isAsItWas) {
      LOG.error("{} has changed on disk", kept.path());
    }
    return isAsItWas;
  }

  private static void delete(Path attempt) throws IOException {
    if (!Files.exists(attempt)) {
      return;
    }
    try (Stream<Path> inside = Files.isDirectory(attempt) ? Files.list(attempt) : Stream.of()) {
      for (var file : inside.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(attempt);
  }

  private static Path labelOf(Path content) {
    return content.resolveSibling(number(content, CONTENT) + LABEL);
  }

  private static Path contentOf(Path label) {
    return label.resolveSibling(number(label, LABEL) + CONTENT);
  }

  private static String number(Path file, String suffix) {
    var name = Optional.ofNullable(file.getFileName()).orElseThrow().toString();
    return name.substring(0, name.length() - suffix.length());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

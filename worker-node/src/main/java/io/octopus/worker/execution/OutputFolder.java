package io.octopus.worker.execution;

import io.octopus.protocol.AttemptId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files in which attempts' output waits until it is stored by a coordinator, one each. */
public final class OutputFolder {

  private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);
  private static final String SUFFIX = ".output";

  private final Path folder;

  /** Output files in a folder of their own. */
  public OutputFolder(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + folder, e);
    }
  }

  /** Ids are made elsewhere and may hold what a file's name may not: the name is their hash. */
  Path file(AttemptId attempt) {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256")
              .digest(attempt.toString().getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash, 0, 16) + SUFFIX);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The output that an earlier process left for results that still wait. What it left for attempts
   * that never ended is deleted: they are lost.
   */
  public Map<AttemptId, Path> left(Collection<AttemptId> waiting) {
    var left = new HashMap<AttemptId, Path>();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(it -> it.toString().endsWith(SUFFIX)).toList()) {
        var attempt = owner(file);
        if (attempt.isPresent() && waiting.contains(attempt.get())) {
          left.put(attempt.get(), file);
        } else {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      LOG.warn("Output left by an earlier process cannot be read: {}", e.toString());
    }
    return left;
  }

  private static Optional<AttemptId> owner(Path file) {
    try (var channel = FileChannel.open(file)) {
      return Optional.of(OutputRecords.readHead(channel));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} is no output file: {}", file, e.toString());
      return Optional.empty();
    }
  }
}

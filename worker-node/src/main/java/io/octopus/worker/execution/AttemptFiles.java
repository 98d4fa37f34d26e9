package io.octopus.worker.execution;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.AttemptFile;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.StoredResult;
import io.octopus.worker.execution.FileFolder.Kept;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what one attempt leaves beside its report: the files in the plugin's {@code output/}, as
 * far as its limits allow, and a result that is too large for a message.
 */
final class AttemptFiles {

  static final int MOST_FILES = 100;
  private static final int LONGEST_NAME = 400;

  private final AttemptId attempt;
  private final FileFolder folder;
  private final long limit;
  private final List<Kept> kept = new ArrayList<>();
  private int number;
  private long size;
  private int artefacts;

  /**
   * Nothing kept yet.
   *
   * @param limit of all artefacts together, in bytes
   */
  AttemptFiles(AttemptId attempt, FileFolder folder, long limit) {
    this.attempt = attempt;
    this.folder = folder;
    this.limit = limit;
  }

  /** Keeps a copy of a file that the plugin left; answers why not, if it was not kept. */
  synchronized Optional<String> keepArtefact(String name, Path source) {
    if (artefacts >= MOST_FILES) {
      return Optional.of("only " + MOST_FILES + " files are kept");
    }
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      return Optional.of("its name must have 1 to " + LONGEST_NAME + " characters");
    }
    try {
      var bytes = Files.size(source);
      if (size + bytes > limit) {
        return Optional.of(
            "with its %d bytes all files would have more than %d".formatted(bytes, limit));
      }
      var target = next();
      copy(name, source, target);
      artefacts++;
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
  }

  private void copy(String name, Path source, Path target) throws IOException {
    var digest = FileFolder.sha256();
    var bytes = 0L;
    try (var in = new DigestInputStream(Files.newInputStream(source), digest);
        var out = Files.newOutputStream(target)) {
      bytes = in.transferTo(out);
    }
    if (size + bytes > limit) {
      Files.delete(target);
      throw new IOException("it grew beyond what is kept");
    }
    size += bytes;
    label(
        target,
        new AttemptFile(
            AttemptFile.Kind.ARTEFACT, name, bytes, HexFormat.of().formatHex(digest.digest())));
  }

  /**
   * The outcome as it fits a message: a large result becomes a file, which is on the disk when this
   * returns.
   *
   * @throws IOException when the disk does not take it
   */
  synchronized AttemptOutcome withoutLargeResult(AttemptOutcome outcome) throws IOException {
    // Java 17 has no pattern switch
    if (outcome instanceof AttemptOutcome.Completed completed && isLarge(completed.result())) {
      return new AttemptOutcome.Completed(
          "null", completed.message(), keepResult(completed.result()));
    }
    if (outcome instanceof AttemptOutcome.Failed failed && isLarge(failed.result())) {
      return new AttemptOutcome.Failed(
          failed.reason(), failed.error(), "null", keepResult(failed.result()));
    }
    return outcome;
  }

  /** Whether {@link #withoutLargeResult} has to write. */
  static boolean hasLargeResult(AttemptOutcome outcome) {
    if (outcome instanceof AttemptOutcome.Completed completed) {
      return isLarge(completed.result());
    }
    return outcome instanceof AttemptOutcome.Failed failed && isLarge(failed.result());
  }

  private static boolean isLarge(String result) {
    return result.length() > StoredResult.LARGEST_WITHIN_A_REPORT / 3
        && OutputRecords.size(result) > StoredResult.LARGEST_WITHIN_A_REPORT;
  }

  private StoredResult keepResult(String json) throws IOException {
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    var hash = HexFormat.of().formatHex(FileFolder.sha256().digest(bytes));
    var result = new StoredResult(hash, bytes.length);
    var target = next();
    Durable.write(target, bytes);
    label(target, result.file());
    Durable.syncFolderOf(folder.of(attempt));
    return result;
  }

  private Path next() throws IOException {
    Files.createDirectories(folder.of(attempt));
    return folder.content(attempt, ++number);
  }

  private void label(Path content, AttemptFile file) throws IOException {
    folder.label(attempt, content, file);
    kept.add(new Kept(file, content));
  }

  /** What was kept, in order. */
  synchronized List<Kept> kept() {
    return List.copyOf(kept);
  }
}

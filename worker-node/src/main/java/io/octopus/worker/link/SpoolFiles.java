package io.octopus.worker.link;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.worker.link.SpoolRecords.Forgotten;
import io.octopus.worker.link.SpoolRecords.Kept;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results on disk that no coordinator has acknowledged yet: append-only segments, of which those
 * with nothing left to deliver are deleted.
 *
 * <p>That a result was acknowledged is written too, but not forced to the disk: at worst it is
 * delivered once more. After any failure of writing the segment is abandoned: what a failed fsync
 * left on disk is not known. Not safe for several threads.
 */
public final class SpoolFiles implements AutoCloseable {

  private record Entry(SpoolSegment segment, SpoolSegment.Place place) {}

  private static final Logger LOG = LoggerFactory.getLogger(SpoolFiles.class);
  private static final String SUFFIX = ".spool";
  private static final long SEGMENT_SIZE = 8 * 1024 * 1024;

  private final Path folder;
  private final long segmentSize;
  private final Map<AttemptId, Entry> entries = new LinkedHashMap<>();
  private final Map<SpoolSegment, Integer> waiting = new HashMap<>();
  private Optional<SpoolSegment> current = Optional.empty();
  private long nextNumber = 1;

  private SpoolFiles(Path folder, long segmentSize) {
    this.folder = folder;
    this.segmentSize = segmentSize;
  }

  /** Opens the spool in a folder and reads what was left there. */
  public static SpoolFiles open(Path folder) throws IOException {
    return open(folder, SEGMENT_SIZE);
  }

  static SpoolFiles open(Path folder, long segmentSize) throws IOException {
    Files.createDirectories(folder);
    var spool = new SpoolFiles(folder, segmentSize);
    try (var files = Files.list(folder)) {
      for (var file : files.filter(SpoolFiles::isSegment).sorted().toList()) {
        spool.replay(file);
      }
    }
    List.copyOf(spool.waiting.keySet()).forEach(spool::deleteIfDone);
    return spool;
  }

  /** The attempts whose results wait, oldest first, with the size of each on disk. */
  public Map<AttemptId, Integer> waiting() {
    var sizes = new LinkedHashMap<AttemptId, Integer>();
    entries.forEach((attempt, entry) -> sizes.put(attempt, entry.place().length()));
    return sizes;
  }

  /** Appends results and returns when all of them are on disk, with one fsync. */
  void keep(Collection<AttemptReport> reports) throws IOException {
    var segment = current();
    var placed = new LinkedHashMap<AttemptId, SpoolSegment.Place>();
    try {
      for (var report : reports) {
        placed.put(report.attempt(), segment.append(new Kept(report)));
      }
      segment.sync();
    } catch (IOException e) {
      current = Optional.empty();
      deleteIfDone(segment);
      throw e;
    }
    placed.forEach((attempt, place) -> enter(attempt, new Entry(segment, place)));
  }

  /** The results of those attempts that still wait. */
  List<AttemptReport> read(Collection<AttemptId> attempts) throws IOException {
    var reports = new ArrayList<AttemptReport>();
    for (var attempt : attempts) {
      var entry = entries.get(attempt);
      if (entry != null && entry.segment().read(entry.place()) instanceof Kept kept) {
        reports.add(kept.report());
      }
    }
    return reports;
  }

  void forget(Collection<AttemptId> attempts) throws IOException {
    var known = attempts.stream().filter(entries::containsKey).toList();
    if (known.isEmpty()) {
      return;
    }
    try {
      current().append(new Forgotten(known));
    } finally {
      known.forEach(this::remove);
    }
  }

  /** Shows whether the disk takes writes again, without keeping anything. */
  void tryWrite() throws IOException {
    var probe = folder.resolve("probe");
    try {
      // Larger than what fits into the rest of a block that the file system holds already.
      Files.write(probe, new byte[64 * 1024]);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  @Override
  public void close() throws IOException {
    for (var segment : waiting.keySet()) {
      segment.close();
    }
  }

  private SpoolSegment current() throws IOException {
    if (current.filter(it -> it.size() < segmentSize).isEmpty()) {
      var full = current;
      var fresh = SpoolSegment.create(folder.resolve("%012d%s".formatted(nextNumber++, SUFFIX)));
      waiting.put(fresh, 0);
      syncFolder();
      current = Optional.of(fresh);
      full.ifPresent(this::deleteIfDone);
    }
    return current.orElseThrow();
  }

  /** Makes a new file's name as durable as its content; not every system can. */
  private void syncFolder() {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.debug("Cannot fsync the folder {}: {}", folder, e.toString());
    }
  }

  private void enter(AttemptId attempt, Entry entry) {
    drop(attempt);
    entries.put(attempt, entry);
    waiting.merge(entry.segment(), 1, Integer::sum);
  }

  private void remove(AttemptId attempt) {
    drop(attempt).ifPresent(this::deleteIfDone);
  }

  /** Answers the segment that has one record less to deliver now. */
  private Optional<SpoolSegment> drop(AttemptId attempt) {
    var segment = Optional.ofNullable(entries.remove(attempt)).map(Entry::segment);
    segment.ifPresent(it -> waiting.merge(it, -1, Integer::sum));
    return segment;
  }

  private void deleteIfDone(SpoolSegment segment) {
    if (current.filter(segment::equals).isEmpty() && waiting.getOrDefault(segment, 0) == 0) {
      delete(segment);
    }
  }

  private void delete(SpoolSegment segment) {
    waiting.remove(segment);
    try {
      segment.delete();
    } catch (IOException e) {
      LOG.warn("Could not delete {}: {}", segment.file(), e.toString());
    }
  }

  private void replay(Path file) throws IOException {
    var segment = SpoolSegment.open(file);
    waiting.put(segment, 0);
    nextNumber = Math.max(nextNumber, number(file) + 1);
    var cut =
        segment.replay(
            (line, place) -> {
              if (line instanceof Kept kept) {
                enter(kept.report().attempt(), new Entry(segment, place));
              } else if (line instanceof Forgotten forgotten) {
                forgotten.attempts().forEach(this::drop);
              }
            });
    if (cut > 0) {
      LOG.warn("Cut off {} bytes at the end of {} that were not written to their end", cut, file);
    }
  }

  private static boolean isSegment(Path file) {
    return String.valueOf(file.getFileName()).matches("\\d{12}\\" + SUFFIX);
  }

  private static long number(Path file) {
    return Long.parseLong(String.valueOf(file.getFileName()).replace(SUFFIX, ""));
  }
}

package io.octopus.coordinator.plugin;

import akka.Done;
import io.octopus.plugin.archive.PluginFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the folder of plugins and hands over what changed: what is in a file and beside it now,
 * or that it is gone.
 *
 * <p>Editors and copy programs write in several steps, and some remove a file before they put the
 * new one in its place. So a change counts once the file has been left alone for a moment. A look
 * at an unchanged file costs one question to the file system.
 */
final class PluginFolder {

  /** Where changes go, one at a time. */
  interface Changes {

    /** The file that a plugin came from when it was last handed over, if it is not gone since. */
    Optional<PluginFileName> fileOf(String plugin);

    /** The files of all plugins that came from one. */
    List<PluginFileName> files();

    /** This is in the file and beside it now; it may be what was handed over before. */
    CompletionStage<Done> fileIs(PluginFileName file, PluginFile plugin);

    /** The file is there, but cannot be taken: it "is too large", for example. */
    CompletionStage<Done> fileIsUnreadable(PluginFileName file, String why);

    /** There is no such file any more. */
    CompletionStage<Done> fileIsGone(PluginFileName file);
  }

  private record Seen(PluginStamp stamp, Instant at) {}

  private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Duration ABSENT = Duration.ofMillis(300);
  private static final int LOOKS = 20;

  private final Path folder;
  private final Changes changes;
  private final SerialWork work;
  private final Executor blocking;
  private final InstantSource clock;
  private final Map<PluginFileName, Seen> seen = new ConcurrentHashMap<>();
  private final Map<PluginFileName, PluginFileName> shadowed = new ConcurrentHashMap<>();

  PluginFolder(
      Path folder, Changes changes, SerialWork work, Executor blocking, InstantSource clock) {
    this.folder = folder;
    this.changes = changes;
    this.work = work;
    this.blocking = blocking;
    this.clock = clock;
  }

  /** Looks at every file. */
  CompletableFuture<Done> scan() {
    return CompletableFuture.supplyAsync(this::filesByPlugin, blocking)
        .thenCompose(
            byPlugin ->
                CompletableFuture.allOf(
                    byPlugin.values().stream().map(this::check).toArray(CompletableFuture[]::new)))
        .thenApply(all -> Done.getInstance());
  }

  /** Looks at the file of one plugin. */
  CompletableFuture<Done> check(String plugin) {
    return CompletableFuture.supplyAsync(() -> candidates(plugin), blocking)
        .thenCompose(this::check);
  }

  private Map<String, List<PluginFileName>> filesByPlugin() {
    var byPlugin = new TreeMap<String, List<PluginFileName>>();
    var names = new ArrayList<>(changes.files());
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .flatMap(entry -> PluginFileName.parse(entry.getFileName().toString()).stream())
          .filter(name -> !names.contains(name))
          .sorted()
          .forEach(names::add);
    } catch (IOException absent) {
      LOG.debug("Cannot list {}: {}", folder, absent.toString());
    }
    names.forEach(
        name -> byPlugin.computeIfAbsent(name.plugin(), n -> new ArrayList<>()).add(name));
    return byPlugin;
  }

  private List<PluginFileName> candidates(String plugin) {
    return changes
        .fileOf(plugin)
        .filter(file -> FileStamp.of(path(file)).isPresent())
        .map(List::of)
        .orElseGet(() -> PluginFileName.allOf(plugin));
  }

  /** One plugin has one file; the one it came from before goes before others of its name. */
  private CompletableFuture<Done> check(List<PluginFileName> candidates) {
    List<PluginFileName> present =
        candidates.stream().filter(file -> FileStamp.of(path(file)).isPresent()).toList();
    for (PluginFileName other : present.stream().skip(1).toList()) {
      if (shadowed.put(other, present.get(0)) == null) {
        LOG.warn("{} is ignored, because {} has the same name", other, present.get(0));
      }
    }
    Optional<PluginFileName> gone =
        candidates.stream()
            .findFirst()
            .flatMap(file -> changes.fileOf(file.plugin()))
            .filter(file -> !present.contains(file));
    return gone.map(file -> check(file, Optional.empty()))
        .orElseGet(PluginFolder::done)
        .thenCompose(
            checked ->
                present.isEmpty()
                    ? done()
                    : check(present.get(0), PluginStamp.of(path(present.get(0)))));
  }

  private CompletableFuture<Done> check(PluginFileName file, Optional<PluginStamp> stamp) {
    Seen last = seen.get(file);
    if (stamp.isPresent()
        && last != null
        && last.stamp().equals(stamp.get())
        && !last.stamp().mayHideAWriteAfter(last.at())) {
      return done();
    }
    boolean lost =
        last != null
            && last.stamp().requirements().isPresent()
            && stamp.filter(now -> now.requirements().isEmpty()).isPresent();
    return settled(path(file), stamp, lost, LOOKS)
        .thenCompose(now -> work.run(() -> handOver(file, now)));
  }

  /**
   * What the file is like once it has been left alone, or after many looks.
   *
   * @param lost whether the requirements that lay beside it are gone: they may be back in a moment
   */
  private CompletableFuture<Optional<PluginStamp>> settled(
      Path path, Optional<PluginStamp> stamp, boolean lost, int looks) {
    boolean quiet = stamp.filter(s -> !s.isYoungerThan(QUIET, clock.instant())).isPresent();
    if ((quiet && !lost) || looks == 0) {
      return CompletableFuture.completedFuture(stamp);
    }
    Duration pause = stamp.isPresent() && !lost ? QUIET : ABSENT;
    var later =
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, blocking);
    return CompletableFuture.supplyAsync(() -> PluginStamp.of(path), later)
        .thenCompose(
            now ->
                now.equals(stamp)
                    ? CompletableFuture.completedFuture(now)
                    : settled(path, now, false, looks - 1));
  }

  private CompletionStage<Done> handOver(PluginFileName file, Optional<PluginStamp> settled) {
    if (settled.isPresent()) {
      return read(file, settled.get());
    }
    if (FileStamp.of(path(file)).isPresent() || !Files.isDirectory(folder)) {
      return done();
    }
    seen.remove(file);
    return changes.fileIsGone(file);
  }

  /** What is written while it is read is left for the next look. */
  private CompletionStage<Done> read(PluginFileName file, PluginStamp settled) {
    Instant start = clock.instant();
    if (settled.file().size() > PluginFileName.LARGEST) {
      return changes.fileIsUnreadable(file, PluginFileName.TOO_LARGE);
    }
    if (settled.requirements().filter(s -> s.size() > PluginRequirements.LARGEST).isPresent()) {
      return changes.fileIsUnreadable(
          file, "has requirements that " + PluginRequirements.TOO_LARGE);
    }
    try {
      PluginFile plugin = PluginFile.read(path(file));
      if (!PluginStamp.of(path(file)).equals(Optional.of(settled))) {
        return done();
      }
      return changes
          .fileIs(file, plugin)
          .thenApply(
              handedOver -> {
                seen.put(file, new Seen(settled, start));
                return handedOver;
              });
    } catch (IOException failure) {
      return changes.fileIsUnreadable(file, "cannot be read (" + failure + ")");
    }
  }

  private static CompletableFuture<Done> done() {
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  private Path path(PluginFileName file) {
    return folder.resolve(file.toString());
  }
}

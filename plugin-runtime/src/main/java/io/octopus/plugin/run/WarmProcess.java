package io.octopus.plugin.run;

import io.octopus.plugin.host.Frames;
import io.octopus.plugin.host.Frames.Frame;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One process that runs a language's side of the runtime, and the pipes to it.
 *
 * <p>Its own stderr is a file, which can still be read after a crash, or one more pipe that is read
 * while it works. A process serves one plugin file only, so that no plugin finds what another one
 * has done to it.
 */
final class WarmProcess {

  /** A variable that marks the process and all that it starts; it says nothing to anybody else. */
  private static final String MARK = "_PLUGIN_PROCESS";

  private static final Duration GOODBYE = Duration.ofSeconds(3);
  private static final int LONGEST_LAST_WORDS = 64 * 1024;

  private final Program program;
  private final Process process;
  private final InputStream answers;
  private final Path place;
  private final Path lastWords;
  private final WorkFolders folders;
  private final RunnerThreads threads;
  private final Map<String, String> mark;
  private final Confinement.Cell cell;
  private @Nullable Path folder;
  private volatile Runnable onDeath = () -> {};
  private @Nullable Path file;
  private LastOutput lastOutput;
  private int uses;
  private long idleSince = System.nanoTime();

  private WarmProcess(
      Program program,
      Process process,
      Path place,
      WorkFolders folders,
      RunnerThreads threads,
      Map<String, String> mark,
      Confinement.Cell cell) {
    this.program = program;
    this.cell = cell;
    this.process = process;
    this.answers = new BufferedInputStream(process.getInputStream(), 1 << 16);
    this.place = place;
    this.lastWords = lastWordsOf(place);
    this.folders = folders;
    this.threads = threads;
    this.mark = mark;
    lastOutput =
        program.pipesOutput()
            ? LastOutput.of(process.getErrorStream())
            : LastOutput.of(process.pid(), List.of());
    var unused = process.onExit().thenRunAsync(() -> onDeath.run(), threads::run);
  }

  static WarmProcess start(
      Program program, WorkFolders folders, RunnerThreads threads, Confinement confinement)
      throws IOException {
    var place = folders.reserve();
    var mark = Map.of(MARK, UUID.randomUUID().toString());
    confinement.own(Files.write(takenOnOf(place), new byte[Long.BYTES]));
    var cell = confinement.open(place.getFileName().toString());
    var builder =
        new ProcessBuilder(cell.command(program.command(takenOnOf(place))))
            .directory(folders.session().toFile());
    if (!program.pipesOutput()) {
      builder.redirectError(lastWordsOf(place).toFile());
    }
    PluginEnvironment.apply(builder, mark);
    builder.environment().putAll(confinement.environment());
    folders.announce(place, mark);
    try {
      var process = builder.start();
      var started = new WarmProcess(program, process, place, folders, threads, mark, cell);
      folders.record(place, process.toHandle(), mark);
      return started;
    } catch (IOException problem) {
      cell.close();
      throw problem;
    }
  }

  private static Path takenOnOf(Path place) {
    return place.resolveSibling(place.getFileName() + ".taken");
  }

  private static Path lastWordsOf(Path place) {
    return place.resolveSibling(place.getFileName() + ".stderr.txt");
  }

  /** The processes of an attempt that runs in this one. */
  ProcessTree treeOf(Attempt attempt) throws IOException {
    var used = folder;
    if (used == null) {
      used = attempt.folder();
      folder = used;
    } else {
      attempt.worksIn(used);
    }
    return new ProcessTree(process.toHandle(), mark, used, cell);
  }

  /** The folder of the use that ends is not for the next one. */
  void forgetFolder() {
    folder = null;
  }

  /** Whether the use that lasts is one that the process knows of; for one that has died. */
  boolean hasTakenOn() throws IOException {
    var count = Files.readAllBytes(takenOnOf(place));
    return count.length == Long.BYTES && ByteBuffer.wrap(count).getLong() >= uses;
  }

  /** Whether it, or a descendant, was killed for want of memory. */
  boolean ranOutOfMemory() {
    return cell.ranOutOfMemory();
  }

  /** Takes on one more use, for a plugin file; calls back if the process dies during it. */
  void use(Path plugin, Runnable whenDead) {
    file = plugin;
    uses++;
    onDeath = whenDead;
    if (!process.isAlive()) {
      threads.run(whenDead);
    }
  }

  /** Ends a use. */
  void rest() {
    onDeath = () -> {};
    idleSince = System.nanoTime();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  boolean isUnused() {
    return uses == 0;
  }

  boolean runs(Program wanted) {
    return wanted.equals(program);
  }

  Program program() {
    return program;
  }

  boolean serves(Path plugin) {
    return plugin.equals(file);
  }

  int uses() {
    return uses;
  }

  Duration idleFor() {
    return Duration.ofNanos(System.nanoTime() - idleSince);
  }

  void send(char kind, byte[] content) throws IOException {
    Frames.write(process.getOutputStream(), kind, content);
  }

  /** Learns where the process keeps the pipes of its output. */
  void keepsOutputIn(List<Integer> descriptors) {
    if (!program.pipesOutput()) {
      lastOutput.close();
      lastOutput = LastOutput.of(process.pid(), descriptors);
    }
  }

  /** What it had no time to hand on; for a process that has died. */
  LastOutput lastOutput() {
    return lastOutput;
  }

  Optional<Frame> read(long longest) throws IOException {
    return Frames.read(answers, longest);
  }

  /** Waits for its end: the exit code. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  /** What the process itself said, which it does only when it cannot go on. */
  byte[] lastWords() throws IOException {
    if (program.pipesOutput()) {
      return new byte[0];
    }
    try (var words = Files.newInputStream(lastWords)) {
      return words.readNBytes(LONGEST_LAST_WORDS);
    }
  }

  /** Asks it to end by itself, and soon. */
  void sayGoodbye() {
    try {
      process.getOutputStream().close();
    } catch (IOException gone) {
      // It has ended already.
    }
    threads.later(GOODBYE, process::destroyForcibly);
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Removes what is on disk about it; for a process that has ended or is about to. */
  void forget() {
    lastOutput.close();
    cell.close();
    folders.remove(place);
    var unused = folder;
    if (unused != null) {
      folders.remove(unused);
    }
    try {
      Files.deleteIfExists(takenOnOf(place));
      Files.deleteIfExists(lastWords);
    } catch (IOException stillOpen) {
      // Goes with the session's folder.
    }
  }
}

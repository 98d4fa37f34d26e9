package io.octopus.coordinator.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import io.octopus.plugin.archive.PluginFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {

  private static final Executor BLOCKING = ForkJoinPool.commonPool();

  @TempDir private Path folder;
  private final Recorded changes = new Recorded();

  @Test
  void aScanHandsOverEveryPluginAndNothingElse() throws IOException {
    write("hello.py", "1");
    write("backup.sh", "2");
    write("hello.requirements.txt", "requests");
    write(".hidden.py", "3");
    Files.createDirectories(folder.resolve("__pycache__"));
    Files.createDirectories(folder.resolve("folder.py"));

    folder().scan().join();

    assertThat(changes.log)
        .containsExactlyInAnyOrder("hello.py is 1 with requests", "backup.sh is 2");
  }

  @Test
  void whatHasNotChangedIsNotReadAgain() throws IOException {
    write("hello.py", "1");
    age("hello.py");
    PluginFolder plugins = folder();
    plugins.scan().join();

    plugins.scan().join();
    plugins.check("hello").join();

    assertThat(changes.log).containsExactly("hello.py is 1");
  }

  @Test
  void aCheckFindsWhatWasWrittenAMomentAgo() throws IOException {
    PluginFolder plugins = folder();
    write("hello.py", "1");
    plugins.check("hello").join();

    write("hello.py", "2");
    plugins.check("hello").join();

    assertThat(changes.log).containsExactly("hello.py is 1", "hello.py is 2");
  }

  @Test
  void anotherFileRenamedOverWithTheSameSizeAndTimeIsSeen() throws IOException {
    write("hello.py", "1");
    age("hello.py");
    PluginFolder plugins = folder();
    plugins.scan().join();

    write("hello.py.tmp", "2");
    age("hello.py.tmp");
    Files.move(
        folder.resolve("hello.py.tmp"),
        folder.resolve("hello.py"),
        StandardCopyOption.REPLACE_EXISTING);
    plugins.check("hello").join();

    assertThat(changes.log).containsExactly("hello.py is 1", "hello.py is 2");
  }

  @Test
  void aFileThatIsBeingWrittenIsReadWhenItIsWhole() throws IOException {
    write("hello.py", "half");

    folderThatChangesBetweenTwoLooks(() -> write("hello.py", "whole")).check("hello").join();

    assertThat(changes.log).containsExactly("hello.py is whole");
  }

  @Test
  void requirementsThatComeChangeAndGoAreSeen() throws IOException {
    write("hello.py", "1");
    age("hello.py");
    PluginFolder plugins = folder();
    plugins.scan().join();

    write("hello.requirements.txt", "six");
    plugins.scan().join();
    write("hello.requirements.txt", "rich");
    plugins.check("hello").join();
    Files.delete(folder.resolve("hello.requirements.txt"));
    plugins.check("hello").join();

    assertThat(changes.log)
        .containsExactly(
            "hello.py is 1", "hello.py is 1 with six", "hello.py is 1 with rich", "hello.py is 1");
  }

  @Test
  void requirementsThatAreReplacedInTwoStepsAreNotGone() throws IOException {
    write("hello.py", "1");
    write("hello.requirements.txt", "six");
    var looks = new AtomicInteger();
    PluginFolder plugins =
        new PluginFolder(
            folder,
            changes,
            new SerialWork(BLOCKING),
            look ->
                BLOCKING.execute(
                    () -> {
                      if (looks.incrementAndGet() == 4) {
                        write("hello.requirements.txt", "rich");
                      }
                      look.run();
                    }),
            InstantSource.system());
    age("hello.py");
    age("hello.requirements.txt");
    plugins.check("hello").join();

    Files.delete(folder.resolve("hello.requirements.txt"));
    looks.set(2);
    plugins.check("hello").join();

    assertThat(changes.log).containsExactly("hello.py is 1 with six", "hello.py is 1 with rich");
  }

  @Test
  void twoWritesWithTheSameTimeAndSizeAreBothSeen() throws IOException {
    // ahead of the clock, so that it stays young however slow this machine is
    FileTime moment = FileTime.from(Instant.now().plusSeconds(60));
    PluginFolder plugins = folder();
    write("hello.py", "1");
    Files.setLastModifiedTime(folder.resolve("hello.py"), moment);
    plugins.check("hello").join();

    write("hello.py", "2");
    Files.setLastModifiedTime(folder.resolve("hello.py"), moment);
    plugins.check("hello").join();

    assertThat(changes.log).containsExactly("hello.py is 1", "hello.py is 2");
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws IOException {
    try (var file =
        FileChannel.open(
            folder.resolve("hello.py"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {1}), PluginFileName.LARGEST);
    }
    write("tidy.py", "1");
    write("tidy.requirements.txt", "#".repeat(PluginRequirements.LARGEST + 1));

    folder().scan().join();

    assertThat(changes.log)
        .containsExactlyInAnyOrder(
            "hello.py is larger than 32 MiB",
            "tidy.py has requirements that are larger than 64 KiB");
  }

  @Test
  void aFileThatWasRemovedIsGone() throws IOException {
    write("hello.py", "1");
    PluginFolder plugins = folder();
    plugins.scan().join();

    Files.delete(folder.resolve("hello.py"));
    plugins.scan().join();

    assertThat(changes.log).containsExactly("hello.py is 1", "hello.py is gone");
  }

  @Test
  void aFileThatIsReplacedInTwoStepsIsNotGone() throws IOException {
    write("hello.py", "1");
    PluginFolder plugins = folder();
    plugins.scan().join();

    Files.delete(folder.resolve("hello.py"));
    folderThatChangesBetweenTwoLooks(() -> write("hello.py", "2")).check("hello").join();

    assertThat(changes.log).containsExactly("hello.py is 1", "hello.py is 2");
  }

  @Test
  void aFolderThatCannotBeReachedRemovesNothing() throws IOException {
    write("hello.py", "1");
    PluginFolder plugins = folder();
    plugins.scan().join();

    Files.delete(folder.resolve("hello.py"));
    Files.delete(folder);
    plugins.scan().join();

    assertThat(changes.log).containsExactly("hello.py is 1");
  }

  @Test
  void ofTwoFilesWithOneNameTheFirstStays() throws IOException {
    write("hello.sh", "1");
    PluginFolder plugins = folder();
    plugins.scan().join();

    write("hello.py", "2");
    plugins.scan().join();
    plugins.check("hello").join();

    assertThat(changes.log).isNotEmpty().allMatch(line -> line.equals("hello.sh is 1"));
  }

  @Test
  void aFileThatGetsAnotherSuffixIsFirstGoneAndThenThere() throws IOException {
    write("hello.sh", "1");
    PluginFolder plugins = folder();
    plugins.scan().join();

    Files.move(folder.resolve("hello.sh"), folder.resolve("hello.py"));
    plugins.scan().join();

    assertThat(changes.log).containsExactly("hello.sh is 1", "hello.sh is gone", "hello.py is 1");
  }

  private PluginFolder folder() {
    return new PluginFolder(
        folder, changes, new SerialWork(BLOCKING), BLOCKING, InstantSource.system());
  }

  /** To a clock in the past, every file looks as if it was being written. */
  private PluginFolder folderThatChangesBetweenTwoLooks(Runnable change) {
    var looks = new AtomicInteger();
    Executor changing =
        look ->
            BLOCKING.execute(
                () -> {
                  if (looks.incrementAndGet() == 2) {
                    change.run();
                  }
                  look.run();
                });
    return new PluginFolder(
        folder,
        changes,
        new SerialWork(BLOCKING),
        changing,
        InstantSource.fixed(Instant.parse("2020-01-01T00:00:00Z")));
  }

  private void write(String name, String content) {
    try {
      Files.writeString(folder.resolve(name), content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void age(String name) throws IOException {
    Files.setLastModifiedTime(
        folder.resolve(name), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }

  /** Writes down what it is told. */
  private static final class Recorded implements PluginFolder.Changes {

    private final List<String> log = new ArrayList<>();
    private final Map<String, PluginFileName> files = new TreeMap<>();

    @Override
    public synchronized Optional<PluginFileName> fileOf(String plugin) {
      return Optional.ofNullable(files.get(plugin));
    }

    @Override
    public synchronized List<PluginFileName> files() {
      return List.copyOf(files.values());
    }

    @Override
    public synchronized CompletionStage<Done> fileIs(PluginFileName file, PluginFile plugin) {
      files.put(file.plugin(), file);
      String beside = new String(plugin.requirements(), UTF_8);
      return log(
          file
              + " is "
              + new String(plugin.content(), UTF_8)
              + (beside.isEmpty() ? "" : " with " + beside));
    }

    @Override
    public synchronized CompletionStage<Done> fileIsUnreadable(PluginFileName file, String why) {
      return log(file + " " + why);
    }

    @Override
    public synchronized CompletionStage<Done> fileIsGone(PluginFileName file) {
      files.remove(file.plugin());
      return log(file + " is gone");
    }

    private CompletionStage<Done> log(String line) {
      log.add(line);
      return CompletableFuture.completedFuture(Done.getInstance());
    }
  }
}

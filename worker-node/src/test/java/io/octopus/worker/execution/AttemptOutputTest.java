package io.octopus.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.plugin.run.OutputSink.Stream;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.work.OutputChunk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin writes is what is sent, from the same file. */
class AttemptOutputTest {

  private static final AttemptId ATTEMPT = new AttemptId(new TaskId("t").run(1).execution(1), 1);
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.123456789Z");
  private static final Duration NOW = Duration.ofSeconds(100);

  @TempDir Path folder;

  private final AtomicInteger grew = new AtomicInteger();

  @Test
  void neighbouringPiecesOfOneStreamAreJoinedAndLogRecordsAreNot() throws IOException {
    var output = output(1000);
    output.write(Stream.STDOUT, null, AT, "a\n");
    output.write(Stream.STDOUT, null, AT.plusSeconds(1), "b\n");
    output.write(Stream.STDERR, null, AT, "c\n");
    output.write(Stream.LOG, "INFO", AT, "d\n");
    output.write(Stream.LOG, "WARNING", AT, "ä\n");
    output.write(Stream.STDOUT, null, AT, "f\n");
    output.flush();

    assertThat(sent(output))
        .containsExactly(
            new OutputChunk(0, "stdout", null, AT, "a\nb\n"),
            new OutputChunk(4, "stderr", null, AT, "c\n"),
            new OutputChunk(6, "log", "INFO", AT, "d\n"),
            new OutputChunk(8, "log", "WARNING", AT, "ä\n"),
            new OutputChunk(11, "stdout", null, AT, "f\n"));
  }

  @Test
  void whoListensHearsOfTheFirstPieceSinceTheLastFlush() {
    var output = output(1000);
    output.write(Stream.STDOUT, null, AT, "a\n");
    output.write(Stream.STDOUT, null, AT, "b\n");
    output.flush();
    output.write(Stream.STDOUT, null, AT, "c\n");

    assertThat(grew).hasValue(2);
  }

  @Test
  void ofWhatExceedsTheLimitTheBeginningAndTheEndAreKeptWithALineBetweenThatSaysSo()
      throws IOException {
    var output = output(100 * 1024);
    for (var line = 0; line < 100_000; line++) {
      output.write(Stream.STDOUT, null, AT, "line " + line + "\n");
    }
    output.flush();

    assertThat(text(output)).startsWith("line 0\nline 1\n").contains("is cut here, after 75 KiB;");
    assertThat(text(output).length()).isBetween(75 * 1024, 76 * 1024);
    output.close();

    var lines = text(output).lines().toList();
    var left = lines.indexOf("line 99999");
    var mark = lines.stream().filter(line -> line.contains("bytes are left out here")).toList();
    assertThat(left).isEqualTo(lines.size() - 1);
    assertThat(mark).hasSize(1);
    assertThat(lines.get(lines.indexOf(mark.get(0)) + 1)).matches("line \\d{5}");
    assertThat(text(output).length()).isBetween(80 * 1024, 101 * 1024);
  }

  @Test
  void nothingIsLeftOutOfWhatJustFits() throws IOException {
    var output = output(100 * 1024);
    for (var line = 0; line < 9; line++) {
      output.write(Stream.STDERR, null, AT, "z".repeat(10 * 1024 - 1) + "\n");
    }
    output.close();

    assertThat(text(output)).contains("is cut here").doesNotContain("left out");
    assertThat(text(output).chars().filter(c -> c == 'z')).hasSize(9 * (10 * 1024 - 1));
  }

  @Test
  void aFileThatIsNotKeptIsSaidInTheOutput() throws IOException {
    var output = output(1000);
    var small = Files.writeString(folder.resolve("small"), "12345");
    var large = Files.writeString(folder.resolve("large"), "1234567");

    output.artefact("a/small", small);
    output.artefact("b/large", large);
    output.close();

    assertThat(text(output)).contains("b/large is not kept").doesNotContain("a/small");
  }

  @Test
  void aPluginThatWritesNothingMakesNoFile() {
    var output = output(1000);

    assertThat(output.close()).isFalse();
    assertThat(output.file()).doesNotExist();
  }

  @Test
  void surrogatePairsAreNotTornApart() throws IOException {
    var output = output(1024 * 1024);
    var smileys = "x" + "😀".repeat(50_000);
    output.write(Stream.STDOUT, null, AT, smileys);
    output.close();

    assertThat(text(output)).isEqualTo(smileys);
  }

  @Test
  void noMessageExceedsItsSize() throws IOException {
    var output = output(4 * 1024 * 1024);
    output.write(Stream.STDOUT, null, AT, "€".repeat(1_000_000));
    output.close();

    var tail = tail(output);
    var stored = 0L;
    while (!tail.isAllStored()) {
      for (var message : tail.next(NOW)) {
        var size = message.stream().mapToInt(it -> OutputRecords.size(it.text())).sum();
        assertThat(size).isLessThanOrEqualTo(128 * 1024);
        stored += size;
      }
      tail.stored(stored);
    }
    assertThat(stored).isEqualTo(3_000_000);
  }

  @Test
  void onlyAFewMessagesAreOnTheWayAndThoseAreRepeated() throws IOException {
    var output = output(4 * 1024 * 1024);
    output.write(Stream.STDOUT, null, AT, "x".repeat(1_000_000));
    output.close();
    var tail = tail(output);

    var first = tail.next(NOW);
    assertThat(first).hasSize(3);
    assertThat(tail.next(NOW.plusSeconds(1))).isEmpty();
    assertThat(tail.next(NOW.plusSeconds(3))).isEqualTo(first);
    tail.startAnew();
    assertThat(tail.next(NOW.plusSeconds(3))).isEqualTo(first);
  }

  @Test
  void aFileThatAnEarlierProcessLeftUnfinishedIsReadAsFarAsItGoes() throws IOException {
    var output = output(1000);
    output.write(Stream.STDOUT, null, AT, "whole\n");
    output.flush();
    output.write(Stream.STDERR, null, AT, "half\n");
    output.close();
    try (var file = FileChannel.open(output.file(), StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 2);
    }

    assertThat(text(output)).isEqualTo("whole\n");
    assertThat(new OutputFolder(folder).left(List.of(ATTEMPT)))
        .containsEntry(ATTEMPT, output.file());
  }

  @Test
  void outputOfAttemptsThatNeverEndedIsDeleted() throws IOException {
    var output = output(1000);
    output.write(Stream.STDOUT, null, AT, "a\n");
    output.close();

    assertThat(new OutputFolder(folder).left(List.of())).isEmpty();
    assertThat(output.file()).doesNotExist();
  }

  private AttemptOutput output(long limit) {
    return new AttemptOutput(
        ATTEMPT,
        new OutputFolder(folder).file(ATTEMPT),
        limit,
        new AttemptOutput.Listener() {
          @Override
          public void grew() {
            grew.incrementAndGet();
          }

          @Override
          public void progress(double fraction, String message) {}
        },
        new AttemptFiles(ATTEMPT, new FileFolder(folder.resolve("files")), 10),
        () -> AT);
  }

  private static OutputTail tail(AttemptOutput output) throws IOException {
    var tail = new OutputTail(output.file());
    tail.grewTo(Files.size(output.file()));
    return tail;
  }

  private static String text(AttemptOutput output) throws IOException {
    return sent(output).stream().map(OutputChunk::text).collect(Collectors.joining());
  }

  private static List<OutputChunk> sent(AttemptOutput output) throws IOException {
    var tail = tail(output);
    var all = new ArrayList<OutputChunk>();
    while (!tail.isAllStored()) {
      tail.next(NOW).forEach(all::addAll);
      tail.stored(Long.MAX_VALUE);
    }
    return all;
  }
}

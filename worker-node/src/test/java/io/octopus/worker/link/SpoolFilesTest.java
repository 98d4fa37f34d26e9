package io.octopus.worker.link;

import static io.octopus.worker.link.Reports.attempt;
import static io.octopus.worker.link.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFilesTest {

  private static final long SMALL = 1000;

  @TempDir Path folder;

  @Test
  void aNewProcessFindsWhatWasNotAcknowledged() throws IOException {
    try (var spool = SpoolFiles.open(folder)) {
      spool.keep(List.of(report(1), report(2)));
      spool.keep(List.of(report(3)));
      spool.forget(List.of(attempt(2)));
    }

    try (var again = SpoolFiles.open(folder)) {
      assertThat(again.waiting()).containsOnlyKeys(attempt(1), attempt(3));
      assertThat(again.read(List.of(attempt(1), attempt(2), attempt(3))))
          .containsExactly(report(1), report(3));
    }
  }

  @Test
  void aProcessThatWasKilledWithoutClosingLosesNothing() throws IOException {
    var killed = SpoolFiles.open(folder);
    killed.keep(List.of(report(1)));

    try (var again = SpoolFiles.open(folder)) {
      assertThat(again.read(List.of(attempt(1)))).containsExactly(report(1));
    }
  }

  @Test
  void aRecordThatWasNotWrittenToItsEndIsCutOffAndTheRestIsKept() throws IOException {
    try (var spool = SpoolFiles.open(folder)) {
      spool.keep(List.of(report(1)));
      spool.keep(List.of(report(2)));
    }
    var segment = segments().get(0);
    try (var file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 5);
    }

    try (var again = SpoolFiles.open(folder)) {
      assertThat(again.waiting()).containsOnlyKeys(attempt(1));
      again.keep(List.of(report(3)));
    }
    try (var third = SpoolFiles.open(folder)) {
      assertThat(third.waiting()).containsOnlyKeys(attempt(1), attempt(3));
    }
  }

  @Test
  void aRecordWhoseBytesAreNotThoseThatWereWrittenIsNotDelivered() throws IOException {
    try (var spool = SpoolFiles.open(folder)) {
      spool.keep(List.of(report(1), report(2)));
    }
    var segment = segments().get(0);
    var bytes = Files.readAllBytes(segment);
    bytes[bytes.length - 10] ^= 1;
    Files.write(segment, bytes);

    try (var again = SpoolFiles.open(folder)) {
      assertThat(again.waiting()).containsOnlyKeys(attempt(1));
    }
  }

  @Test
  void segmentsWithNothingLeftToDeliverAreDeleted() throws IOException {
    try (var spool = SpoolFiles.open(folder, SMALL)) {
      for (var number = 1; number <= 100; number++) {
        spool.keep(List.of(report(number)));
      }
      assertThat(segments()).hasSizeGreaterThan(10);

      for (var number = 1; number <= 100; number++) {
        spool.forget(List.of(attempt(number)));
      }
      assertThat(segments()).hasSizeLessThan(3);
    }
    try (var again = SpoolFiles.open(folder, SMALL)) {
      assertThat(again.waiting()).isEmpty();
      assertThat(segments()).isEmpty();
    }
  }

  @Test
  void aResultThatIsKeptTwiceIsDeliveredAsItWasLast() throws IOException {
    try (var spool = SpoolFiles.open(folder)) {
      spool.keep(List.of(report(1, "1")));
      spool.keep(List.of(report(1, "2")));
    }

    try (var again = SpoolFiles.open(folder)) {
      assertThat(again.read(List.of(attempt(1)))).containsExactly(report(1, "2"));
    }
  }

  @Test
  void aLargeResultSurvives() throws IOException {
    var large = "\"" + "ä\\n".repeat(300_000) + "\"";
    try (var spool = SpoolFiles.open(folder)) {
      spool.keep(List.of(report(1, large)));
      assertThat(spool.read(List.of(attempt(1)))).containsExactly(report(1, large));
    }
  }

  @Test
  void manyResultsShareOneSegmentInOrder() throws IOException {
    var reports = IntStream.rangeClosed(1, 1000).mapToObj(Reports::report).toList();
    try (var spool = SpoolFiles.open(folder)) {
      spool.keep(reports);
    }

    try (var again = SpoolFiles.open(folder)) {
      assertThat(again.waiting().keySet())
          .containsExactlyElementsOf(reports.stream().map(it -> it.attempt()).toList());
      assertThat(segments()).hasSize(1);
    }
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".spool")).sorted().toList();
    }
  }
}

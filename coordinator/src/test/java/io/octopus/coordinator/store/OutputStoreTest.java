package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.T0;
import static io.octopus.coordinator.store.JournalKit.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.store.OutputStore.OutputPiece;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.work.OutputChunk;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputStoreTest {

  private static final ExecutionId EXECUTION = new ExecutionId("t1-1-1");
  private static final AttemptId FIRST = new AttemptId(EXECUTION, 1);
  private static final AttemptId SECOND = new AttemptId(EXECUTION, 2);

  @TempDir private Path folder;
  private ReadPool reads;
  private SideWriter writer;
  private OutputStore output;

  @BeforeEach
  void openTheDatabase() {
    DataFolder data = new DataFolder(folder);
    Schema.prepare(data);
    reads = new ReadPool(data.outputDatabase(), 2, Runnable::run);
    writer = new SideWriter("output", Sqlite.quick(data.outputDatabase()));
    output = new OutputStore(reads, writer, 100, new OutputNews());
  }

  @AfterEach
  void closeTheDatabase() {
    writer.close();
    reads.close();
  }

  private long append(AttemptId attempt, long offset, String text) {
    return await(
        output.append(attempt, List.of(new OutputChunk(offset, "stdout", null, T0, text))));
  }

  private OutputPiece read(long offset, int limit) {
    return await(output.read(EXECUTION, null, offset, limit));
  }

  @Test
  void whatWasStoredIsRead() {
    assertThat(append(FIRST, 0, "one\n")).isEqualTo(4);
    assertThat(append(FIRST, 4, "two\n")).isEqualTo(8);

    assertThat(read(0, 1000)).isEqualTo(new OutputPiece(1, "one\ntwo\n", 8));
    assertThat(read(2, 4)).isEqualTo(new OutputPiece(1, "e\ntw", 6));
    assertThat(read(6, 1000)).isEqualTo(new OutputPiece(1, "o\n", 8));
    assertThat(read(8, 1000)).isEqualTo(new OutputPiece(1, "", 8));
    assertThat(read(80, 1000)).isEqualTo(new OutputPiece(1, "", 80));
  }

  @Test
  void noOutputYetIsNoText() {
    assertThat(read(0, 1000)).isEqualTo(new OutputPiece(0, "", 0));
    assertThat(await(output.tail(EXECUTION, null, 10, 1000))).isEqualTo(new OutputPiece(0, "", 0));
    assertThat(await(output.append(FIRST, List.of()))).isZero();
  }

  @Test
  void whatIsSentAgainIsStoredOnce() {
    append(FIRST, 0, "one\n");
    assertThat(append(FIRST, 0, "one\n")).isEqualTo(4);
    assertThat(append(FIRST, 0, "one\ntwo\n")).isEqualTo(8);

    assertThat(read(0, 1000).text()).isEqualTo("one\ntwo\n");
  }

  @Test
  void aGapIsNotStored() {
    append(FIRST, 0, "one\n");

    assertThat(append(FIRST, 8, "three\n")).isEqualTo(4);
    assertThat(read(0, 1000).text()).isEqualTo("one\n");
    assertThat(append(SECOND, 8, "three\n")).isZero();
  }

  @Test
  void theLatestAttemptIsReadUnlessAnotherIsNamed() {
    append(FIRST, 0, "first");
    append(SECOND, 0, "second");

    assertThat(read(0, 1000)).isEqualTo(new OutputPiece(2, "second", 6));
    assertThat(await(output.read(EXECUTION, 1, 0, 1000))).isEqualTo(new OutputPiece(1, "first", 5));
  }

  @Test
  void anExecutionsOutputIsCutAtItsLimitWithAMark() {
    assertThat(append(FIRST, 0, "x".repeat(70))).isEqualTo(70);
    assertThat(append(SECOND, 0, "y".repeat(50))).isEqualTo(50);
    assertThat(append(SECOND, 50, "z".repeat(50))).isEqualTo(100);

    OutputPiece cut = read(0, 1000);
    assertThat(cut.text()).isEqualTo("y".repeat(30) + OutputAppender.MARK);
    assertThat(cut.nextOffset()).isEqualTo(30 + OutputAppender.MARK.length());
    assertThat(await(output.read(EXECUTION, 1, 0, 1000)).text()).isEqualTo("x".repeat(70));
  }

  @Test
  void charactersAreNeverCut() {
    append(FIRST, 0, "aé€𝄞");

    assertThat(read(0, 2)).isEqualTo(new OutputPiece(1, "a", 1));
    assertThat(read(1, 2)).isEqualTo(new OutputPiece(1, "é", 3));
    assertThat(read(3, 1)).isEqualTo(new OutputPiece(1, "€", 6));
    assertThat(read(2, 4)).isEqualTo(new OutputPiece(1, "€", 6));
    assertThat(read(6, 100)).isEqualTo(new OutputPiece(1, "𝄞", 10));
  }

  @Test
  void readingInPiecesGivesTheWhole() {
    String text = "Zeile ä\n".repeat(9);
    for (int from = 0, size; from < text.length(); from += size) {
      size = Math.min(7, text.length() - from);
      append(
          FIRST, text.substring(0, from).getBytes(UTF_8).length, text.substring(from, from + size));
    }

    StringBuilder read = new StringBuilder();
    OutputPiece piece = read(0, 5);
    while (!piece.text().isEmpty()) {
      read.append(piece.text());
      piece = read(piece.nextOffset(), 5);
    }
    assertThat(read.toString()).isEqualTo(text);
  }

  @Test
  void theTailIsTheLastLines() {
    append(FIRST, 0, "one\ntwo\n");
    append(FIRST, 8, "three\n");

    assertThat(tail(2)).isEqualTo("two\nthree\n");
    assertThat(tail(9)).isEqualTo("one\ntwo\nthree\n");
    assertThat(tail(0)).isEmpty();
    append(FIRST, 14, "no end");
    assertThat(tail(1)).isEqualTo("no end");
    assertThat(await(output.tail(EXECUTION, null, 1, 1000)).nextOffset()).isEqualTo(20);
    assertThat(await(output.tail(EXECUTION, null, 9, 8)).text()).isEqualTo("e\nno end");
  }

  private String tail(int lines) {
    return await(output.tail(EXECUTION, null, lines, 1000)).text();
  }
}

package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.T0;
import static io.octopus.coordinator.store.Events.completed;
import static io.octopus.coordinator.store.JournalKit.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.store.ArtefactStore.Artefact;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.work.AttemptFile;
import io.octopus.protocol.work.AttemptFile.Kind;
import io.octopus.protocol.work.AttemptOutcome.Completed;
import io.octopus.protocol.work.OutputChunk;
import io.octopus.protocol.work.StoredResult;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large results and artefacts come in pieces, again and again, and are there once. */
class StoredFilesTest {

  private static final ExecutionId EXECUTION = new ExecutionId("t1-1-1");
  private static final AttemptId FIRST = new AttemptId(EXECUTION, 1);
  private static final AttemptId SECOND = new AttemptId(EXECUTION, 2);
  private static final String JSON = "[" + "1,".repeat(50_000) + "2]";

  @TempDir private Path folder;
  private RowsKit kit;

  @BeforeEach
  void openTheDatabases() {
    kit = RowsKit.open(folder);
  }

  @AfterEach
  void closeTheDatabases() {
    kit.close();
  }

  @Test
  void aLargeResultIsReadWithItsExecutionAndLeftOutOfLists() {
    StoredResult result = result(JSON);
    byte[] bytes = JSON.getBytes(UTF_8);

    assertThat(await(kit.store.results().has(FIRST, result))).isFalse();
    assertThat(append(result, 0, bytes, 60_000)).isEqualTo(60_000);
    assertThat(append(result, 60_000, bytes, bytes.length)).isEqualTo(bytes.length);
    kit.write("t1", completed("t1", T0, "pc-1", new Completed("null", null, result)));

    assertThat(await(kit.store.results().has(FIRST, result))).isTrue();
    ObjectNode row = await(kit.store.readModel().execution(EXECUTION)).orElseThrow();
    assertThat(row.path("result").isNull()).isTrue();
    assertThat(row.path("result_omitted").booleanValue()).isTrue();
    assertThat(await(kit.store.readModel().storedResult(EXECUTION))).contains(JSON);
    ObjectNode listed =
        await(kit.store.readModel().executions(ExecutionFilter.all(), PageRequest.first()))
            .items()
            .get(0);
    assertThat(listed.path("result_omitted").booleanValue()).isTrue();
  }

  @Test
  void whatIsSaidTwiceOrTooSoonChangesNothing() {
    StoredResult result = result(JSON);
    byte[] bytes = JSON.getBytes(UTF_8);

    assertThat(append(result, 60_000, bytes, bytes.length)).isZero();
    assertThat(append(result, 0, bytes, 60_000)).isEqualTo(60_000);
    assertThat(append(result, 0, bytes, 60_000)).isEqualTo(60_000);
    assertThat(append(result, 60_000, bytes, bytes.length)).isEqualTo(bytes.length);
    assertThat(append(result, 60_000, bytes, bytes.length)).isEqualTo(bytes.length);

    assertThat(await(kit.store.results().has(FIRST, result))).isTrue();
    assertThat(kit.query("SELECT count(*) FROM result_chunks")).containsExactly("2");
  }

  @Test
  void whatDoesNotFitItsHashIsNotKept() {
    StoredResult result = result(JSON);
    byte[] broken = JSON.replace('2', '3').getBytes(UTF_8);

    assertThat(append(result, 0, broken, broken.length)).isZero();

    assertThat(await(kit.store.results().has(FIRST, result))).isFalse();
    assertThat(append(result, 0, JSON.getBytes(UTF_8), broken.length)).isEqualTo(broken.length);
  }

  @Test
  void aResultThatIsNoJsonIsShownAsText() {
    StoredResult result = result("no json");
    append(result, 0, "no json".getBytes(UTF_8), 7);
    kit.write("t1", completed("t1", T0, "pc-1", new Completed("null", null, result)));

    assertThat(await(kit.store.readModel().storedResult(EXECUTION))).contains("\"no json\"");
  }

  @Test
  void theFilesOfTheLatestAttemptThatLeftAnyAreKept() {
    append(FIRST, "old.txt", "old");
    assertThat(append(SECOND, "a/b.txt", "new")).isEqualTo(3);
    assertThat(append(SECOND, "empty", "")).isZero();
    assertThat(append(FIRST, "late.txt", "late")).isEqualTo(4);

    List<Artefact> artefacts = await(kit.store.artefacts().of(EXECUTION));

    assertThat(artefacts).extracting(Artefact::name).containsExactly("a/b.txt", "empty");
    assertThat(artefacts).extracting(Artefact::attempt).containsOnly(SECOND);
    assertThat(await(kit.store.artefacts().piece(artefacts.get(0), 0))).asString().isEqualTo("new");
    assertThat(await(kit.store.artefacts().piece(artefacts.get(0), 3))).isEmpty();
  }

  @Test
  void whatAnExecutionLeftIsDeletedWithItsHistory() {
    StoredResult result = result("1");
    append(result, 0, "1".getBytes(UTF_8), 1);
    append(FIRST, "a", "a");
    await(
        kit.store
            .output()
            .append(FIRST, List.of(new OutputChunk(0, "stdout", null, T0, "hello\n"))));

    await(kit.store.output().forget(List.of(EXECUTION)));
    await(kit.store.results().forget(List.of(EXECUTION)));

    assertThat(await(kit.store.artefacts().of(EXECUTION))).isEmpty();
    assertThat(await(kit.store.output().read(EXECUTION, null, 0, 100)).text()).isEmpty();
    assertThat(await(kit.store.results().has(FIRST, result))).isFalse();
  }

  private long append(StoredResult result, int from, byte[] bytes, int to) {
    byte[] piece = Arrays.copyOfRange(bytes, from, to);
    return await(kit.store.results().append(FIRST, result.file(), from, piece));
  }

  private long append(AttemptId attempt, String name, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    AttemptFile file = new AttemptFile(Kind.ARTEFACT, name, bytes.length, hash(bytes));
    return await(kit.store.artefacts().append(attempt, file, 0, bytes));
  }

  private static StoredResult result(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return new StoredResult(hash(bytes), bytes.length);
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}

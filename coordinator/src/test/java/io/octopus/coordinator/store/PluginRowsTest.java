package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.T0;
import static io.octopus.coordinator.store.Events.at;
import static io.octopus.coordinator.store.Events.created;
import static io.octopus.coordinator.store.Events.started;
import static io.octopus.coordinator.store.JournalKit.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.util.ByteString;
import io.octopus.coordinator.store.PluginChange.Source;
import io.octopus.coordinator.store.PluginRows.Import;
import io.octopus.coordinator.store.PluginRows.Piece;
import io.octopus.coordinator.store.PluginRows.Serving;
import io.octopus.coordinator.task.Owner;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginRowsTest {

  private static final ByteString CONTENT = ByteString.fromString("def main(): pass\n");

  @TempDir private Path folder;
  private RowsKit kit;
  private PluginRows plugins;

  @BeforeEach
  void openTheDatabase() {
    kit = RowsKit.open(folder);
    plugins = kit.store.plugins();
  }

  @AfterEach
  void closeTheDatabase() {
    kit.close();
  }

  private static PluginVersion version(String name, String sha256, String version, Instant at) {
    return new PluginVersion(
        name,
        sha256,
        name + ".py",
        version,
        "python",
        "says hello",
        "[]",
        "[\"six\"]",
        "{}",
        17,
        at,
        "ann");
  }

  private void serve(PluginVersion version, Instant at) {
    await(
        plugins.serve(
            version,
            CONTENT,
            new PluginChange(version.name(), version.sha256(), Source.PUSH, at, "ann")));
  }

  private static PluginChange rollback(String sha256, Instant at) {
    return new PluginChange("hello", sha256, Source.ROLLBACK, at, "bob");
  }

  private static PluginChange delete() {
    return new PluginChange("hello", null, Source.DELETE, at(9), "ann");
  }

  private List<KeptVersion> versions() {
    return await(plugins.versions("hello", Integer.MAX_VALUE, 10));
  }

  private static List<Integer> numbers(List<KeptVersion> versions) {
    return versions.stream().map(KeptVersion::number).toList();
  }

  @Test
  void theVersionServesThatWasMadeToServeLast() {
    PluginVersion first = version("hello", "aaa", "1", T0);
    PluginVersion second = version("hello", "bbb", "2", at(1));

    serve(first, T0);
    serve(second, at(1));
    assertThat(await(plugins.serving()))
        .containsExactly(new Serving(second, at(1), "ann", Source.PUSH));
    Serving again = await(plugins.serveAgain(rollback("aaa", at(3))));

    assertThat(again).isEqualTo(new Serving(first, at(3), "bob", Source.ROLLBACK));
    assertThat(await(plugins.serving())).containsExactly(again);
    assertThat(versions())
        .containsExactly(
            new KeptVersion(second, 2, Source.PUSH, at(1), "ann", false),
            new KeptVersion(first, 1, Source.ROLLBACK, at(3), "bob", true));
    assertThat(kit.query("SELECT name, version, sha256, language, updated_at FROM plugins"))
        .containsExactly("hello|1|aaa|python|2026-11-23T10:00:03.000Z");
  }

  @Test
  void theSameContentAgainIsDescribedAnew() {
    serve(version("hello", "aaa", "1", T0), T0);
    serve(version("hello", "aaa", "1.1", at(9)), at(9));

    assertThat(versions())
        .containsExactly(
            new KeptVersion(
                version("hello", "aaa", "1.1", T0), 1, Source.PUSH, at(9), "ann", true));
  }

  @Test
  void versionsAreFoundByHashTextAndNumberAndReadInPages() {
    serve(version("hello", "aaa1", "1", T0), T0);
    serve(version("hello", "aab2", "1.0", at(1)), at(1));
    serve(version("hello", "bbb3", "1.0", at(2)), at(2));
    serve(version("other", "aaa1", "1", at(3)), at(3));

    assertThat(numbers(await(plugins.versions("hello", Integer.MAX_VALUE, 2))))
        .containsExactly(3, 2);
    assertThat(numbers(await(plugins.versions("hello", 2, 2)))).containsExactly(1);
    assertThat(numbers(await(plugins.versionsCalled("hello", "1.0")))).containsExactly(3, 2);
    assertThat(numbers(await(plugins.versionsCalled("hello", "aa")))).containsExactly(2, 1);
    assertThat(numbers(await(plugins.versionsCalled("hello", "3")))).containsExactly(3);
    assertThat(await(plugins.versionsCalled("hello", "%"))).isEmpty();
  }

  @Test
  void whatServedBeforeIsRemembered() {
    serve(version("hello", "aaa", "1", T0), T0);
    assertThat(await(plugins.before("hello"))).isEmpty();

    serve(version("hello", "bbb", "2", at(1)), at(1));
    serve(version("hello", "bbb", "2", at(2)), at(2));
    assertThat(await(plugins.before("hello"))).contains("aaa");

    await(plugins.serveAgain(rollback("aaa", at(3))));
    assertThat(await(plugins.before("hello"))).contains("bbb");

    await(plugins.stop(new PluginChange("hello", null, Source.DELETE, at(4), "ann")));
    assertThat(await(plugins.before("hello"))).contains("aaa");
  }

  @Test
  void aVersionThatIsNotKeptCannotServe() {
    serve(version("hello", "aaa", "1", T0), T0);

    assertThatThrownBy(() -> await(plugins.serveAgain(rollback("zzz", at(1)))))
        .hasRootCauseInstanceOf(NoSuchElementException.class);

    assertThat(await(plugins.serving())).hasSize(1);
  }

  @Test
  void whatNeedsAPluginIsCountedAndKeepsItFromBeingDeleted() {
    serve(version("hello", "aaa", "1", T0), T0);
    kit.write("t1", created("nightly", new Owner.Anyone()), started("t1", 1, T0, "Anyone"));
    kit.write("t2", created("nightly", new Owner.Anyone()));
    assertThat(await(plugins.used())).containsExactly(Map.entry("hello", 2));

    assertThat(await(plugins.stopUnlessUsed(delete())))
        .containsExactlyInAnyOrder(
            new PluginUse("task", "t1", "nightly", "Active"),
            new PluginUse("task", "t2", "nightly", "Created"));
    assertThat(await(plugins.serving())).hasSize(1);

    kit.execute("UPDATE tasks SET status = 'Completed'");
    assertThat(await(plugins.stopUnlessUsed(delete())))
        .containsExactly(new PluginUse("execution", "t1-1-1", "nightly", "Pending"));

    kit.execute("UPDATE executions SET status = 'Completed'");
    assertThat(await(plugins.stopUnlessUsed(delete()))).isEmpty();
    assertThat(await(plugins.serving())).isEmpty();
  }

  @Test
  void contentsAreReadWholeOrInPieces() {
    serve(version("hello", "aaa", "1", T0), T0);

    assertThat(await(plugins.content("aaa"))).contains(CONTENT);
    assertThat(await(plugins.content("zzz"))).isEmpty();
    assertThat(await(plugins.piece("aaa", 4, 4)))
        .contains(new Piece(ByteString.fromString("main"), 17));
    assertThat(await(plugins.piece("aaa", 17, 4)))
        .contains(new Piece(ByteString.emptyByteString(), 17));
    assertThat(await(plugins.piece("zzz", 0, 4))).isEmpty();
  }

  @Test
  void aDeletedPluginKeepsItsContents() {
    serve(version("hello", "aaa", "1", T0), T0);

    await(plugins.stop(delete()));

    assertThat(await(plugins.serving())).isEmpty();
    assertThat(await(plugins.content("aaa"))).contains(CONTENT);
  }

  @Test
  void whatTheFolderBroughtIsRememberedAndForgotten() {
    Import good = new Import("a.py", "aaa", null, T0);
    Import broken = new Import("b.py", "bbb", "line 1: no", at(1));
    await(plugins.recordImport(new Import("a.py", "old", "was broken", T0)));
    await(plugins.recordImport(good));
    await(plugins.recordImport(broken));

    assertThat(await(plugins.imports())).containsExactly(good, broken);

    await(plugins.forgetImport("a.py"));
    assertThat(await(plugins.imports())).containsExactly(broken);
  }
}

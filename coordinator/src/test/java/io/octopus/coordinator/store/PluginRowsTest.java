package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.Events.T0;
import static io.octopus.coordinator.store.Events.at;
import static io.octopus.coordinator.store.JournalKit.await;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.octopus.coordinator.store.PluginRows.Import;
import io.octopus.coordinator.store.PluginRows.Piece;
import io.octopus.coordinator.store.PluginRows.Serving;
import java.nio.file.Path;
import java.time.Instant;
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
        name, sha256, name + ".py", version, "python", "says hello", "[]", "{}", 17, at, "ann");
  }

  @Test
  void theVersionServesThatWasMadeToServeLast() {
    PluginVersion first = version("hello", "aaa", "1", T0);
    PluginVersion second = version("hello", "bbb", "2", at(1));

    await(plugins.serve(first, CONTENT, T0, "ann"));
    await(plugins.serve(second, CONTENT, at(1), "ann"));
    assertThat(await(plugins.serving())).containsExactly(new Serving(second, at(1), "ann"));
    Serving again = await(plugins.serve(first, CONTENT, at(3), "bob"));

    assertThat(again).isEqualTo(new Serving(first, at(3), "bob"));
    assertThat(await(plugins.serving())).containsExactly(again);
    assertThat(await(plugins.versions("hello"))).containsExactly(second, first);
    assertThat(kit.query("SELECT name, version, sha256, language, updated_at FROM plugins"))
        .containsExactly("hello|1|aaa|python|2026-11-23T10:00:03.000Z");
  }

  @Test
  void theSameContentAgainIsDescribedAnew() {
    await(plugins.serve(version("hello", "aaa", "1", T0), CONTENT, T0, "ann"));
    await(plugins.serve(version("hello", "aaa", "1.1", at(9)), CONTENT, at(9), "ann"));

    assertThat(await(plugins.versions("hello")))
        .containsExactly(version("hello", "aaa", "1.1", T0));
  }

  @Test
  void contentsAreReadWholeOrInPieces() {
    await(plugins.serve(version("hello", "aaa", "1", T0), CONTENT, T0, "ann"));

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
    await(plugins.serve(version("hello", "aaa", "1", T0), CONTENT, T0, "ann"));

    assertThat(await(plugins.delete("hello"))).isTrue();
    assertThat(await(plugins.delete("hello"))).isFalse();

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

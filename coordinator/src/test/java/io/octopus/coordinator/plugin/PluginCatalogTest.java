package io.octopus.coordinator.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import akka.util.ByteString;
import io.octopus.coordinator.plugin.PushResult.Broken;
import io.octopus.coordinator.plugin.PushResult.Created;
import io.octopus.coordinator.plugin.PushResult.Refused;
import io.octopus.coordinator.plugin.PushResult.Unchanged;
import io.octopus.coordinator.plugin.PushResult.Updated;
import io.octopus.coordinator.store.DataFolder;
import io.octopus.coordinator.store.KeptVersion;
import io.octopus.coordinator.store.PluginChange.Source;
import io.octopus.coordinator.store.Schema;
import io.octopus.coordinator.store.Store;
import io.octopus.plugin.archive.Checksum;
import io.octopus.plugin.archive.PluginFile;
import io.octopus.plugin.archive.PluginReader;
import io.octopus.plugin.python.PythonInterpreter;
import io.octopus.protocol.PluginRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real folder, a real database and a real Python. */
class PluginCatalogTest {

  private static final String FIRST = "def main(name='world'):\n    return 1\n";
  private static final String SECOND = "def main(name='world'):\n    return 2\n";
  private static final String BROKEN = "def main(:\n    return 3\n";

  @TempDir private static Path template;
  @TempDir private Path data;
  @TempDir private Path folder;
  private final ExecutorService blocking = Executors.newFixedThreadPool(4);
  private Store store;
  private PluginCatalog catalog;

  @BeforeAll
  static void prepare() {
    Schema.prepare(new DataFolder(template));
  }

  @BeforeEach
  void copyAndOpen() throws IOException {
    DataFolder prepared = new DataFolder(template);
    DataFolder copy = new DataFolder(data);
    Files.copy(prepared.database(), copy.database());
    Files.copy(prepared.outputDatabase(), copy.outputDatabase());
    open();
  }

  private void open() {
    store = Store.open(new DataFolder(data), blocking, InstantSource.system());
    catalog =
        new PluginCatalog(
            folder,
            store.plugins(),
            new PluginReader(new PythonInterpreter(Path.of("python3"))),
            blocking,
            InstantSource.system());
  }

  @AfterEach
  void end() {
    close();
    blocking.shutdownNow();
  }

  private void close() {
    catalog.close();
    store.close();
  }

  private void start() {
    catalog.start().toCompletableFuture().join();
  }

  private void restart() {
    close();
    open();
    start();
  }

  @Nested
  class WhileTheFolderIsWatched {

    @Test
    void filesThatAreThereServeFromTheStart() throws IOException {
      write("hello.py", FIRST);

      start();

      assertThat(catalog.current("hello"))
          .hasValue(new PluginRef("hello", "hello.py", versionOf(FIRST), sha256(FIRST)));
    }

    @Test
    void aNewFileServes() throws IOException {
      start();

      write("hello.py", FIRST);

      awaitServing(FIRST);
    }

    @Test
    void anEditedFileServesItsNewContent() throws IOException {
      write("hello.py", FIRST);
      start();

      write("hello.py", SECOND);

      awaitServing(SECOND);
    }

    @Test
    void aFileThatIsRenamedOverTheOldOneServes() throws IOException {
      write("hello.py", FIRST);
      start();

      write(".hello.py.swp", SECOND);
      Files.move(
          folder.resolve(".hello.py.swp"),
          folder.resolve("hello.py"),
          StandardCopyOption.ATOMIC_MOVE);

      awaitServing(SECOND);
    }

    @Test
    void aFolderThatComesLaterIsImported() throws IOException {
      Files.delete(folder);
      start();

      Files.createDirectory(folder);
      write("hello.py", FIRST);

      awaitServing(FIRST);
    }

    @Test
    void aRemovedFileServesNoLonger() throws IOException {
      write("hello.py", FIRST);
      start();

      Files.delete(folder.resolve("hello.py"));

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(catalog.current("hello")).isEmpty());
      assertThat(catalog.find("hello")).isEmpty();
      assertThat(catalog.all()).isEmpty();
    }

    private void awaitServing(String content) {
      await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertServing(content));
    }
  }

  @Nested
  class WhenAskedToRefresh {

    @Test
    void whatWasSavedIsTakenOverWithoutTheWatch() throws IOException {
      write("hello.py", FIRST);
      refresh();
      assertServing(FIRST);

      write("hello.py", SECOND);
      refresh();

      assertServing(SECOND);
    }

    @Test
    void aBrokenEditKeepsTheLastGoodVersion() throws IOException {
      write("hello.py", FIRST);
      refresh();

      write("hello.py", BROKEN);
      refresh();

      assertServing(FIRST);
      assertThat(plugin().error()).startsWith("hello.py, line 1: ");
    }

    @Test
    void aRepairedFileIsNotShownAsBrokenAnyMore() throws IOException {
      write("hello.py", FIRST);
      refresh();
      write("hello.py", BROKEN);
      refresh();

      write("hello.py", FIRST);
      refresh();

      assertServing(FIRST);
      assertThat(plugin().error()).isNull();
    }

    @Test
    void aFileThatWasNeverGoodIsShownButDoesNotServe() throws IOException {
      write("hello.py", BROKEN);
      refresh();

      assertThat(catalog.current("hello")).isEmpty();
      assertThat(plugin().isServing()).isFalse();
      assertThat(plugin().error()).startsWith("hello.py, line 1: ");
    }

    @Test
    void aRemovedFileThatIsPutBackServesAgain() throws IOException {
      write("hello.py", FIRST);
      refresh();
      Files.delete(folder.resolve("hello.py"));
      refresh();
      assertThat(catalog.current("hello")).isEmpty();

      write("hello.py", FIRST);
      refresh();

      assertServing(FIRST);
    }

    @Test
    void aRemovedFileLeavesWhatWasPushed() throws IOException {
      write("hello.py", FIRST);
      refresh();
      push(SECOND);

      Files.delete(folder.resolve("hello.py"));
      refresh();

      assertServing(SECOND);
    }

    @Test
    void anEditAfterAPushServes() throws IOException {
      write("hello.py", FIRST);
      refresh();
      push(SECOND);

      write("hello.py", FIRST + "# edited\n");
      refresh();

      assertServing(FIRST + "# edited\n");
    }

    @Test
    void aNameThatIsAPathReadsNothing() throws IOException {
      Files.writeString(data.resolve("secret.py"), FIRST);

      catalog.refresh("../" + data.getFileName() + "/secret").toCompletableFuture().join();

      assertThat(catalog.all()).isEmpty();
    }
  }

  @Nested
  class AfterARestart {

    @Test
    void whatWasPushedServesAndNotTheFileThatItReplaced() throws IOException {
      write("hello.py", FIRST);
      start();
      push(SECOND);

      restart();

      assertServing(SECOND);
    }

    @Test
    void whatWasEditedMeanwhileServes() throws IOException {
      write("hello.py", FIRST);
      start();
      close();
      write("hello.py", SECOND);

      open();
      start();

      assertServing(SECOND);
    }

    @Test
    void aFileThatWasRemovedMeanwhileServesNoLonger() throws IOException {
      write("hello.py", FIRST);
      start();
      close();
      Files.delete(folder.resolve("hello.py"));

      open();
      start();

      assertThat(catalog.current("hello")).isEmpty();
    }

    @Test
    void aBrokenFileIsStillShownAsBroken() throws IOException {
      write("hello.py", FIRST);
      start();
      write("hello.py", BROKEN);
      catalog.refresh("hello").toCompletableFuture().join();

      restart();

      assertServing(FIRST);
      assertThat(plugin().error()).startsWith("hello.py, line 1: ");
    }

    @Test
    void aPluginIsShownAsBefore() throws IOException {
      write("hello.py", FIRST);
      start();
      Plugin before = plugin();

      restart();

      assertThat(plugin()).isEqualTo(before);
    }
  }

  @Nested
  class WhenAFileIsPushed {

    @Test
    void itServesAndIsDescribed() {
      PushResult result = push(FIRST);

      assertThat(result).isEqualTo(new Created(plugin()));
      assertServing(FIRST);
      assertThat(plugin().actions())
          .isEqualTo(
              "[{\"name\":\"main\",\"description\":\"\",\"parameters\":"
                  + "[{\"name\":\"name\",\"type\":null,\"default\":\"world\",\"required\":false,"
                  + "\"kind\":\"positional\"}]}]");
      assertThat(plugin().createdBy()).isEqualTo("alice");
      assertThat(plugin().language()).isEqualTo("python");
    }

    @Test
    void otherContentIsANewVersionAndTheSameContentIsNot() {
      push(FIRST);

      assertThat(push(SECOND)).isInstanceOf(Updated.class);
      assertThat(push(SECOND)).isInstanceOf(Unchanged.class);
      assertThat(versions()).extracting(KeptVersion::number).containsExactly(2, 1);
    }

    @Test
    void aFileThatIsBrokenIsRefusedWithItsLine() {
      push(FIRST);

      PushResult result = push(BROKEN);

      assertThat(result)
          .isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.line()).isEqualTo(1));
      assertServing(FIRST);
    }

    @Test
    void aNameThatIsNoPluginsIsRefused() {
      assertThat(push("_hello", "_hello.py", FIRST)).isInstanceOf(Refused.class);
      assertThat(push("hello", "hello.txt", FIRST)).isInstanceOf(Refused.class);
      assertThat(push("../hello", "../hello.py", FIRST)).isInstanceOf(Refused.class);
    }

    @Test
    void itIsKnownByThePluginsNameWhateverItWasCalled() {
      assertThat(push("hello", "draft of hello (2).py", FIRST)).isInstanceOf(Created.class);

      assertThat(plugin().fileName()).isEqualTo("hello.py");
    }

    @Test
    void itsContentCanBeReadByItsHash() {
      push(FIRST);

      assertThat(store.plugins().content(sha256(FIRST)).toCompletableFuture().join())
          .hasValue(ByteString.fromString(FIRST));
    }

    @Test
    void itBelongsToTheUserAlsoWhenTheFolderBroughtTheSame() throws IOException {
      write("hello.py", FIRST);
      start();
      assertThat(push(FIRST)).isInstanceOf(Unchanged.class);

      Files.delete(folder.resolve("hello.py"));
      catalog.refresh("hello").toCompletableFuture().join();

      assertServing(FIRST);
    }

    @Test
    void pushesAtTheSameTimeAreMadeOneAfterAnother() {
      List<String> changes = new CopyOnWriteArrayList<>();
      catalog.onChange(changes::add);
      List<CompletableFuture<PushResult>> pushes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        pushes.add(pushing("hello", "hello.py", FIRST + "# " + i + "\n"));
      }
      List<PushResult> results = pushes.stream().map(CompletableFuture::join).toList();

      assertThat(results.get(0)).isInstanceOf(Created.class);
      assertThat(results.subList(1, 8)).allMatch(Updated.class::isInstance);
      assertServing(FIRST + "# 7\n");
      assertThat(changes).hasSize(8).containsOnly("hello");
    }
  }

  @Nested
  class WhenItHasRequirements {

    @Test
    void theFoldersRequirementsAreInTheHashAndShown() throws IOException {
      write("hello.py", FIRST);
      refresh();
      write("hello.requirements.txt", "# pinned\nsix==1.16.0\n");
      refresh();

      assertServing(FIRST, "# pinned\nsix==1.16.0\n");
      assertThat(plugin().requirements()).isEqualTo("[\"six==1.16.0\"]");
      assertThat(plugin().size()).isEqualTo(FIRST.length());
      assertThat(plugin().version()).isEqualTo(plugin().sha256().substring(0, 12));

      write("hello.requirements.txt", "six==1.17.0\n");
      refresh();
      assertServing(FIRST, "six==1.17.0\n");

      Files.delete(folder.resolve("hello.requirements.txt"));
      refresh();
      assertServing(FIRST);
      assertThat(versions()).hasSize(3);
    }

    @Test
    void theyAreTakenFromCommentsWithoutAFile() throws IOException {
      write("hello.py", "# requires: six\n" + FIRST);
      refresh();

      assertServing("# requires: six\n" + FIRST);
      assertThat(plugin().requirements()).isEqualTo("[\"six\"]");
    }

    @Test
    void theyComeWithAPushAndStayWhenOnlyTheFileIsPushed() {
      assertThat(push(FIRST, "six\n")).isInstanceOf(Created.class);
      assertServing(FIRST, "six\n");

      push(SECOND);
      assertServing(SECOND, "six\n");

      push(SECOND, "");
      assertServing(SECOND);
    }

    @Test
    void theyAreChangedAlone() {
      assertThat(require("six\n")).isInstanceOf(PushResult.Unknown.class);
      push(FIRST);

      assertThat(require("six\n")).isInstanceOf(Updated.class);
      assertServing(FIRST, "six\n");
      assertThat(require("six\n")).isInstanceOf(Unchanged.class);

      require("");
      assertServing(FIRST);
    }

    @Test
    void whatIsNoTextAndWhatIsNotForPythonIsRefused() throws IOException {
      push("tidy", "tidy.sh", "true\n");
      push(FIRST);

      assertThat(require("\0")).isEqualTo(new Refused("requirements", "must be UTF-8 text"));
      assertThat(require("x".repeat(70_000)))
          .isEqualTo(new Refused("requirements", "are larger than 64 KiB"));
      assertThat(pushing(new PluginPush("tidy", null, null, bytes("six"), "alice", null)).join())
          .isEqualTo(new Refused("requirements", "are for Python plugins only"));

      write("hello.py", SECOND);
      Files.write(folder.resolve("hello.requirements.txt"), new byte[] {(byte) 0xff});
      refresh();
      assertServing(FIRST);
      assertThat(plugin().error()).isEqualTo("the requirements of hello.py must be UTF-8 text");
    }

    private PushResult require(String requirements) {
      return pushing(new PluginPush("hello", null, null, bytes(requirements), "alice", null))
          .join();
    }
  }

  @Nested
  class WhenItIsRolledBack {

    @Test
    void withoutAVersionTheOneServesThatServedBefore() {
      push(FIRST);
      push(SECOND);

      assertThat(rollBack(null)).isEqualTo(new RollbackResult.Serves(plugin()));

      assertServing(FIRST);
      assertThat(plugin().source()).isEqualTo("rollback");
      assertThat(plugin().updatedBy()).isEqualTo("bob");
      assertThat(plugin().createdBy()).isEqualTo("alice");
    }

    @Test
    void theVersionIsNamedByItsHashItsTextOrItsNumber() {
      push("PLUGIN_VERSION = 'one'\n" + FIRST);
      push(SECOND);

      assertThat(rollBack("one")).isInstanceOf(RollbackResult.Serves.class);
      assertThat(plugin().version()).isEqualTo("one");
      rollBack(sha256(SECOND).substring(0, 7).toUpperCase(Locale.ROOT));
      assertServing(SECOND);
      rollBack("1");
      assertThat(plugin().version()).isEqualTo("one");
      assertThat(rollBack("nine")).isInstanceOf(RollbackResult.NoSuchVersion.class);
    }

    @Test
    void aTextThatSeveralVersionsHaveIsRefused() {
      push("PLUGIN_VERSION = '1'\n" + FIRST);
      push("PLUGIN_VERSION = '1'\n" + SECOND);

      assertThat(rollBack("1"))
          .isInstanceOfSatisfying(
              RollbackResult.Ambiguous.class,
              ambiguous -> assertThat(ambiguous.versions()).hasSize(2));
    }

    @Test
    void nothingIsBeforeTheOnlyVersion() {
      push(FIRST);
      push(FIRST);

      assertThat(rollBack(null)).isInstanceOf(RollbackResult.NoneBefore.class);
    }

    @Test
    void neitherARestartNorTheFolderUndoesItUnlessItsFileChanges() throws IOException {
      write("hello.py", FIRST);
      start();
      write("hello.py", SECOND);
      refresh();
      rollBack(null);

      refresh();
      assertServing(FIRST);
      restart();
      assertServing(FIRST);
      write("hello.py", SECOND);
      refresh();
      assertServing(FIRST);

      write("hello.py", SECOND + "# edited\n");
      refresh();
      assertServing(SECOND + "# edited\n");
    }

    @Test
    void itsRequirementsComeBackToo() {
      push(FIRST, "six\n");
      push(FIRST, "");

      rollBack(null);

      assertServing(FIRST, "six\n");
      assertThat(plugin().requirements()).isEqualTo("[\"six\"]");
    }

    @Test
    void everyVersionSaysHowItCameToServe() {
      push(FIRST);
      push(SECOND);
      rollBack(null);

      assertThat(versions())
          .extracting(KeptVersion::number, KeptVersion::source, KeptVersion::serving)
          .containsExactly(tuple(2, Source.PUSH, false), tuple(1, Source.ROLLBACK, true));
    }
  }

  @Nested
  class WhenItIsDeleted {

    @Test
    void itServesNoLongerAndItsVersionsStay() {
      push(FIRST);

      assertThat(delete(false)).isInstanceOf(DeleteResult.Deleted.class);

      assertThat(catalog.current("hello")).isEmpty();
      assertThat(catalog.find("hello")).isEmpty();
      assertThat(versions()).hasSize(1);
      assertThat(delete(false)).isInstanceOf(DeleteResult.Unknown.class);
    }

    @Test
    void aFileThatIsStillInTheFolderBringsNothingBackBeforeItChanges() throws IOException {
      write("hello.py", FIRST);
      start();
      delete(false);

      refresh();
      assertThat(catalog.find("hello")).isEmpty();
      restart();
      assertThat(catalog.find("hello")).isEmpty();
      write("hello.py", FIRST);
      refresh();
      assertThat(catalog.find("hello")).isEmpty();

      write("hello.py", SECOND);
      refresh();
      assertServing(SECOND);
    }

    @Test
    void itServesAgainWhenItsFileIsRemovedAndPutBack() throws IOException {
      write("hello.py", FIRST);
      refresh();
      delete(false);

      Files.delete(folder.resolve("hello.py"));
      refresh();
      write("hello.py", FIRST);
      refresh();

      assertServing(FIRST);
    }

    @Test
    void aRollbackAndAPushBringItBack() {
      push(FIRST);
      delete(false);
      rollBack(null);
      assertServing(FIRST);

      delete(false);
      assertThat(push(FIRST)).isInstanceOf(Created.class);
      assertServing(FIRST);
    }

    @Test
    void aBrokenFileIsNotShownAnyMoreBeforeItChanges() throws IOException {
      write("hello.py", BROKEN);
      refresh();

      assertThat(delete(false)).isInstanceOf(DeleteResult.Deleted.class);
      refresh();
      assertThat(catalog.find("hello")).isEmpty();

      write("hello.py", BROKEN + "\n");
      refresh();
      assertThat(plugin().error()).startsWith("hello.py, line 1: ");
    }

    private DeleteResult delete(boolean force) {
      return catalog.delete("hello", force, "bob").toCompletableFuture().join();
    }
  }

  @Nested
  class WhenTheSenderSaysWhatMustServe {

    @Test
    void theChangeIsMadeOnlyThen() {
      push(FIRST);

      assertThat(pushIf(SECOND, sha256(SECOND))).isEqualTo(new PushResult.Stale(sha256(FIRST)));
      assertServing(FIRST);
      assertThat(pushIf(SECOND, sha256(FIRST))).isInstanceOf(Updated.class);
      assertServing(SECOND);
    }

    @Test
    void nothingServesUnderANewName() {
      assertThat(pushIf(FIRST, sha256(FIRST))).isEqualTo(new PushResult.Stale(null));
    }

    private PushResult pushIf(String content, String expected) {
      return pushing(new PluginPush("hello", "hello.py", bytes(content), null, "alice", expected))
          .join();
    }
  }

  private void refresh() {
    catalog.refresh("hello").toCompletableFuture().join();
  }

  private RollbackResult rollBack(@Nullable String version) {
    return catalog.rollBack("hello", version, "bob").toCompletableFuture().join();
  }

  private PushResult push(String content, String requirements) {
    return pushing(
            new PluginPush("hello", "hello.py", bytes(content), bytes(requirements), "alice", null))
        .join();
  }

  private CompletableFuture<PushResult> pushing(PluginPush push) {
    return catalog.push(push).toCompletableFuture();
  }

  private void assertServing(String content, String requirements) {
    assertThat(plugin().sha256())
        .isEqualTo(new PluginFile("hello.py", bytes(content), bytes(requirements)).sha256());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private PushResult push(String content) {
    return push("hello", "hello.py", content);
  }

  private PushResult push(String name, String fileName, String content) {
    return pushing(name, fileName, content).join();
  }

  private CompletableFuture<PushResult> pushing(String name, String fileName, String content) {
    return catalog
        .push(new PluginPush(name, fileName, content.getBytes(UTF_8), null, "alice", null))
        .toCompletableFuture();
  }

  private List<KeptVersion> versions() {
    return catalog.versions().page("hello", 100, 100).toCompletableFuture().join();
  }

  private Plugin plugin() {
    return catalog.find("hello").orElseThrow();
  }

  private void assertServing(String content) {
    assertThat(catalog.current("hello").map(PluginRef::sha256)).hasValue(sha256(content));
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private static String versionOf(String content) {
    return sha256(content).substring(0, 12);
  }

  private static String sha256(String content) {
    return Checksum.sha256(content.getBytes(UTF_8));
  }
}

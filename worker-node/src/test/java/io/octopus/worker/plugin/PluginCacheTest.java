package io.octopus.worker.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.octopus.plugin.archive.PluginFile;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.work.WorkerProtocol.PluginChunk;
import io.octopus.worker.link.Outbound;
import io.octopus.worker.link.Uplink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test is the coordinator that is asked for pieces. */
class PluginCacheTest {

  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int PIECE = 128 * 1024;

  @TempDir Path folder;

  private final TestProbe<Uplink.Command> coordinator = KIT.createTestProbe();
  private final TestProbe<PluginCache.Answer> asker = KIT.createTestProbe();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void aLargeFileComesInPiecesAndIsVerified() {
    var content = "x = 1\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    var cache = cache();

    cache.tell(new PluginCache.Get(plugin(content), asker.ref()));
    serve(content);

    assertThat(ready()).hasBinaryContent(content).hasFileName("hello.py");
  }

  @Test
  void requestsForOneContentShareOneFetch() {
    var content = new byte[] {1, 2, 3};
    var cache = cache();

    cache.tell(new PluginCache.Get(plugin(content), asker.ref()));
    cache.tell(new PluginCache.Get(plugin(content), asker.ref()));
    serve(content);

    assertThat(ready()).isEqualTo(ready());
    cache.tell(new PluginCache.Get(plugin(content), asker.ref()));
    ready();
    coordinator.expectNoMessage(Duration.ofMillis(100));
  }

  @Test
  void theNextProcessUsesWhatIsThereIfItIsWhatItShouldBe() throws IOException {
    var content = new byte[] {1, 2, 3};
    cache().tell(new PluginCache.Get(plugin(content), asker.ref()));
    serve(content);
    var file = ready();

    cache().tell(new PluginCache.Get(plugin(content), asker.ref()));
    assertThat(ready()).isEqualTo(file);
    coordinator.expectNoMessage(Duration.ofMillis(100));

    Files.write(file, new byte[] {9});
    cache().tell(new PluginCache.Get(plugin(content), asker.ref()));
    serve(content);
    assertThat(ready()).hasBinaryContent(content);
  }

  @Test
  void requirementsComeWithThePluginAndLieBesideIt() throws IOException {
    var code = "x = 1\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    var requirements = "requests>=2\n".getBytes(StandardCharsets.UTF_8);
    var content = new PluginFile("hello.py", code, requirements).stored();

    cache().tell(new PluginCache.Get(plugin(content), asker.ref()));
    serve(content);

    var file = ready();
    assertThat(file).hasBinaryContent(code);
    assertThat(file.resolveSibling("hello.requirements.txt")).hasBinaryContent(requirements);
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void requirementsThatWereChangedInTheCacheAreFetchedAgain() throws IOException {
    var requirements = "requests>=2\n".getBytes(StandardCharsets.UTF_8);
    var content = new PluginFile("hello.py", new byte[] {1}, requirements).stored();
    cache().tell(new PluginCache.Get(plugin(content), asker.ref()));
    serve(content);
    var beside = ready().resolveSibling("hello.requirements.txt");

    cache().tell(new PluginCache.Get(plugin(content), asker.ref()));
    ready();
    coordinator.expectNoMessage(Duration.ofMillis(100));

    Files.writeString(beside, "something else\n");
    cache().tell(new PluginCache.Get(plugin(content), asker.ref()));
    serve(content);
    assertThat(ready().resolveSibling("hello.requirements.txt")).hasBinaryContent(requirements);
  }

  @Test
  void aContentThatNoCoordinatorHasIsMissing() {
    cache().tell(new PluginCache.Get(plugin(new byte[] {1}), asker.ref()));
    var fetch = asked();
    fetch.replyTo().tell(new PluginChunk(fetch.sha256(), 0, -1, ""));

    assertThat(missing()).contains("no coordinator has this version of hello");
  }

  @Test
  void aContentThatDoesNotFitItsHashIsNeverUsed() {
    cache().tell(new PluginCache.Get(plugin(new byte[] {1}), asker.ref()));
    for (var times = 1; times <= 3; times++) {
      serve(new byte[] {2});
    }

    assertThat(missing()).contains("does not fit its hash");
  }

  @Test
  void anUnansweredQuestionIsAskedAgain() {
    var content = new byte[] {1};
    cache().tell(new PluginCache.Get(plugin(content), asker.ref()));
    asked();

    serve(content);

    assertThat(ready()).hasBinaryContent(content);
  }

  @Test
  void aNameThatLeadsOutOfTheCacheIsRefused() {
    var plugin = new PluginRef("x", "../../x.py", "1", "0".repeat(64));

    cache().tell(new PluginCache.Get(plugin, asker.ref()));

    assertThat(missing()).contains("not a plugin's hash and file name");
  }

  private ActorRef<PluginCache.Command> cache() {
    return KIT.spawn(PluginCache.create(folder, coordinator.ref()));
  }

  private Outbound.Fetch asked() {
    return coordinator.expectMessageClass(Outbound.Fetch.class, SOON);
  }

  private void serve(byte[] content) {
    for (var sent = 0; sent < content.length; ) {
      var fetch = asked();
      var from = (int) fetch.offset();
      var piece = Arrays.copyOfRange(content, from, Math.min(content.length, from + PIECE));
      sent = from + piece.length;
      fetch
          .replyTo()
          .tell(
              new PluginChunk(
                  fetch.sha256(), from, content.length, Base64.getEncoder().encodeToString(piece)));
    }
  }

  private Path ready() {
    return asker.expectMessageClass(PluginCache.Ready.class, SOON).file();
  }

  private String missing() {
    return asker.expectMessageClass(PluginCache.Missing.class, SOON).message();
  }

  private static PluginRef plugin(byte[] content) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(content);
      return new PluginRef("hello", "hello.py", "1", HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

package io.octopus.coordinator.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.util.ByteString;
import io.octopus.plugin.archive.Checksum;
import io.octopus.protocol.work.WorkerProtocol.FetchPlugin;
import io.octopus.protocol.work.WorkerProtocol.PluginChunk;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PluginStoreTest {

  private static final ActorTestKit KIT = ActorTestKit.create();

  private final TestProbe<PluginChunk> worker = KIT.createTestProbe(PluginChunk.class);
  private final AtomicInteger reads = new AtomicInteger();

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  @Test
  void piecesOfAFileMakeUpTheSameContent() {
    byte[] content = randomBytes(300 * 1024 + 7);
    String sha256 = Checksum.sha256(content);
    ActorRef<FetchPlugin> store = KIT.spawn(PluginStore.create(having(content)));

    assertThat(Checksum.sha256(fetchAll(store, sha256))).isEqualTo(sha256);
    assertThat(reads).hasValue(1);
  }

  @Test
  void noPieceIsLargerThanItsBound() {
    byte[] content = randomBytes(300 * 1024);
    String sha256 = Checksum.sha256(content);
    ActorRef<FetchPlugin> store = KIT.spawn(PluginStore.create(having(content)));

    store.tell(new FetchPlugin(sha256, 0, worker.ref()));

    assertThat(bytes(worker.receiveMessage())).hasSize(128 * 1024);
  }

  @Test
  void thereIsNothingBehindTheEnd() {
    byte[] content = randomBytes(100);
    String sha256 = Checksum.sha256(content);
    ActorRef<FetchPlugin> store = KIT.spawn(PluginStore.create(having(content)));

    store.tell(new FetchPlugin(sha256, 100, worker.ref()));

    assertThat(worker.receiveMessage()).isEqualTo(new PluginChunk(sha256, 100, 100, ""));
  }

  @Test
  void aContentNobodyKnowsIsSaidToBeUnknown() {
    ActorRef<FetchPlugin> store = KIT.spawn(PluginStore.create(having(randomBytes(10))));

    store.tell(new FetchPlugin("0000", 0, worker.ref()));

    assertThat(worker.receiveMessage()).isEqualTo(new PluginChunk("0000", 0, -1, ""));
  }

  @Test
  void aFailedReadIsTriedAgainWhenAskedAgain() {
    byte[] content = randomBytes(10);
    String sha256 = Checksum.sha256(content);
    PluginStore.Contents failingOnce =
        wanted ->
            reads.getAndIncrement() == 0
                ? CompletableFuture.failedFuture(new IllegalStateException("disk I/O error"))
                : CompletableFuture.completedFuture(Optional.of(ByteString.fromArray(content)));
    ActorRef<FetchPlugin> store = KIT.spawn(PluginStore.create(failingOnce));

    store.tell(new FetchPlugin(sha256, 0, worker.ref()));
    worker.expectNoMessage();
    store.tell(new FetchPlugin(sha256, 0, worker.ref()));

    assertThat(bytes(worker.receiveMessage())).isEqualTo(content);
  }

  private PluginStore.Contents having(byte[] content) {
    return sha256 -> read(sha256, content);
  }

  private CompletionStage<Optional<ByteString>> read(String sha256, byte[] content) {
    reads.incrementAndGet();
    return CompletableFuture.supplyAsync(
        () ->
            Optional.of(ByteString.fromArray(content))
                .filter(bytes -> sha256.equals(Checksum.sha256(content))));
  }

  private byte[] fetchAll(ActorRef<FetchPlugin> store, String sha256) {
    var content = new ByteArrayOutputStream();
    PluginChunk chunk;
    do {
      store.tell(new FetchPlugin(sha256, content.size(), worker.ref()));
      chunk = worker.receiveMessage();
      content.writeBytes(bytes(chunk));
    } while (content.size() < chunk.total());
    return content.toByteArray();
  }

  private static byte[] bytes(PluginChunk chunk) {
    return Base64.getDecoder().decode(chunk.base64());
  }

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}

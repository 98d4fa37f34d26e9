package io.octopus.coordinator.plugin;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.util.ByteString;
import io.octopus.protocol.work.WorkerProtocol.FetchPlugin;
import io.octopus.protocol.work.WorkerProtocol.PluginChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Hands plugin files to workers, piece by piece, by their hash.
 *
 * <p>Content never changes under its hash, so what was read is kept as long as there is room: a
 * change that every worker fetches at once is one read of the database. A read that fails is not
 * answered; the worker asks again.
 */
public final class PluginStore extends AbstractBehavior<Object> {

  /** Where contents are read from. */
  @FunctionalInterface
  public interface Contents {

    /** Empty when no content has this SHA-256. */
    CompletionStage<Optional<ByteString>> read(String sha256);
  }

  private record ContentRead(String sha256, Optional<ByteString> content) {}

  private record ReadFailed(String sha256, Throwable cause) {}

  private static final int CHUNK = 128 * 1024;
  private static final long ROOM = 64L * 1024 * 1024;

  private final Contents contents;
  private final Map<String, ByteString> recent = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, List<FetchPlugin>> waiting = new HashMap<>();

  public static Behavior<FetchPlugin> create(Contents contents) {
    return Behaviors.<Object>setup(context -> new PluginStore(context, contents)).narrow();
  }

  private PluginStore(ActorContext<Object> context, Contents contents) {
    super(context);
    this.contents = contents;
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(FetchPlugin.class, this::onFetchPlugin)
        .onMessage(ContentRead.class, this::onContentRead)
        .onMessage(ReadFailed.class, this::onReadFailed)
        .build();
  }

  private Behavior<Object> onFetchPlugin(FetchPlugin fetch) {
    ByteString content = recent.get(fetch.sha256());
    if (content != null) {
      answer(fetch, content);
      return this;
    }
    List<FetchPlugin> others = waiting.get(fetch.sha256());
    if (others != null) {
      others.add(fetch);
      return this;
    }
    waiting.put(fetch.sha256(), new ArrayList<>(List.of(fetch)));
    String sha256 = fetch.sha256();
    getContext()
        .<ContentRead>pipeToSelf(
            contents.read(sha256).thenApply(found -> new ContentRead(sha256, found)),
            (read, failure) -> failure == null ? read : new ReadFailed(sha256, failure));
    return this;
  }

  private Behavior<Object> onContentRead(ContentRead read) {
    List<FetchPlugin> fetches = waiting.remove(read.sha256());
    read.content().ifPresent(content -> keep(read.sha256(), content));
    for (FetchPlugin fetch : fetches == null ? List.<FetchPlugin>of() : fetches) {
      read.content().ifPresentOrElse(content -> answer(fetch, content), () -> refuse(fetch));
    }
    return this;
  }

  private Behavior<Object> onReadFailed(ReadFailed failed) {
    waiting.remove(failed.sha256());
    getContext().getLog().warn("Could not read plugin {}", failed.sha256(), failed.cause());
    return this;
  }

  private void keep(String sha256, ByteString content) {
    recent.put(sha256, content);
    long size = recent.values().stream().mapToLong(ByteString::size).sum();
    var eldestFirst = recent.values().iterator();
    while (size > ROOM && recent.size() > 1) {
      size -= eldestFirst.next().size();
      eldestFirst.remove();
    }
  }

  private static void answer(FetchPlugin fetch, ByteString content) {
    int from = (int) Math.max(0, Math.min(fetch.offset(), content.size()));
    int until = Math.min(from + CHUNK, content.size());
    reply(fetch, content.size(), content.slice(from, until).encodeBase64().utf8String());
  }

  private static void refuse(FetchPlugin fetch) {
    reply(fetch, -1, "");
  }

  private static void reply(FetchPlugin fetch, long total, String base64) {
    fetch.replyTo().tell(new PluginChunk(fetch.sha256(), fetch.offset(), total, base64));
  }
}

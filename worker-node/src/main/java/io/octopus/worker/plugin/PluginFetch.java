package io.octopus.worker.plugin;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.plugin.archive.PluginBundle;
import io.octopus.plugin.archive.PluginFile;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.work.WorkerProtocol.PluginChunk;
import io.octopus.worker.link.Outbound;
import io.octopus.worker.link.Uplink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;

/**
 * Fetches one plugin's content piece by piece, verifies it and only then moves it to its place, the
 * file and its requirements apart. Asks again and again while nobody answers.
 */
final class PluginFetch extends AbstractBehavior<PluginFetch.Command> {

  sealed interface Command permits Chunk, AskAgain {}

  private record Chunk(PluginChunk chunk) implements Command {}

  private record AskAgain() implements Command {}

  /** How the fetch ended. */
  record Ended(PluginRef plugin, PluginCache.Answer answer) {}

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TRIES = 3;

  private final TimerScheduler<Command> timers;
  private final PluginRef plugin;
  private final Path target;
  private final Path part;
  private final ActorRef<Uplink.Command> uplink;
  private final ActorRef<Ended> replyTo;
  private final ActorRef<PluginChunk> chunks;
  private long received;
  private int tries;

  static Behavior<Command> create(
      PluginRef plugin, Path target, ActorRef<Uplink.Command> uplink, ActorRef<Ended> replyTo) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new PluginFetch(context, timers, plugin, target, uplink, replyTo)));
  }

  private PluginFetch(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      PluginRef plugin,
      Path target,
      ActorRef<Uplink.Command> uplink,
      ActorRef<Ended> replyTo) {
    super(context);
    this.timers = timers;
    this.plugin = plugin;
    this.target = target;
    this.part = target.resolveSibling(".part");
    this.uplink = uplink;
    this.replyTo = replyTo;
    chunks = context.messageAdapter(PluginChunk.class, Chunk::new);
    ask();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Chunk.class, this::onChunk)
        .onMessage(AskAgain.class, this::onAskAgain)
        .build();
  }

  private void ask() {
    uplink.tell(new Outbound.Fetch(plugin.sha256(), received, chunks));
    timers.startSingleTimer(new AskAgain(), PATIENCE);
  }

  private Behavior<Command> onAskAgain(AskAgain again) {
    ask();
    return this;
  }

  private Behavior<Command> onChunk(Chunk message) {
    var chunk = message.chunk();
    if (chunk.total() < 0) {
      return end(new PluginCache.Missing("no coordinator has this version of " + plugin.name()));
    }
    if (chunk.offset() != received) {
      return this;
    }
    try {
      store(Base64.getDecoder().decode(chunk.base64()));
      if (received < chunk.total() && !chunk.base64().isEmpty()) {
        ask();
        return this;
      }
      return verify();
    } catch (IOException | IllegalArgumentException e) {
      return end(new PluginCache.Missing("cannot be stored on this worker: " + e));
    }
  }

  private void store(byte[] bytes) throws IOException {
    if (received == 0) {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.write(part, bytes);
    } else {
      Files.write(part, bytes, StandardOpenOption.APPEND);
    }
    received += bytes.length;
  }

  private Behavior<Command> verify() throws IOException {
    if (Checksum.matches(part, plugin.sha256())) {
      return unpack();
    }
    Files.deleteIfExists(part);
    tries++;
    if (tries == TRIES) {
      return end(
          new PluginCache.Missing("what came of " + plugin.name() + " does not fit its hash"));
    }
    received = 0;
    ask();
    return this;
  }

  /** The plugin's file comes last: where it is, its requirements are. */
  private Behavior<Command> unpack() throws IOException {
    var stored = Files.readAllBytes(part);
    if (PluginBundle.isBundle(stored)) {
      var file = PluginFile.ofStored(plugin.fileName(), stored);
      Files.write(part, file.requirements());
      moveTo(target.resolveSibling(PluginFile.requirementsFileOf(plugin.fileName())));
      Files.write(part, file.content());
    }
    moveTo(target);
    return end(new PluginCache.Ready(target));
  }

  private void moveTo(Path place) throws IOException {
    Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Behavior<Command> end(PluginCache.Answer answer) {
    replyTo.tell(new Ended(plugin, answer));
    return Behaviors.stopped();
  }
}

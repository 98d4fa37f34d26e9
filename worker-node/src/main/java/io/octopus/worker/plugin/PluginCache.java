package io.octopus.worker.plugin;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.octopus.plugin.archive.PluginFile;
import io.octopus.protocol.PluginRef;
import io.octopus.worker.link.Uplink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Hands out verified copies of plugin files, {@code <folder>/<sha256>/<file name>} with the
 * requirements beside them, and fetches what is not there. Requests for one content share one
 * fetch, which goes on until a coordinator answers. Reads and hashes files, so it needs a
 * dispatcher that may block.
 */
public final class PluginCache extends AbstractBehavior<PluginCache.Command> {

  /** What the cache is told. */
  public sealed interface Command permits Get, Ended {}

  /** Asks for the file of one exact plugin content. */
  public record Get(PluginRef plugin, ActorRef<Answer> replyTo) implements Command {}

  private record Ended(PluginRef plugin, Answer answer) implements Command {}

  /** What the cache answers, sooner or later. */
  public sealed interface Answer {}

  /** The plugin's file, verified. */
  public record Ready(Path file) implements Answer {}

  /** There is no such plugin, or it cannot be stored here. */
  public record Missing(String message) implements Answer {}

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\:*?\"<>|\\p{Cntrl}]{1,200}");

  private final Path folder;
  private final ActorRef<Uplink.Command> uplink;
  private final ActorRef<PluginFetch.Ended> fetched;
  private final Map<PluginRef, Path> verified = new HashMap<>();
  private final Map<PluginRef, List<ActorRef<Answer>>> waiting = new HashMap<>();

  /** A cache in a folder of its own. */
  public static Behavior<Command> create(Path folder, ActorRef<Uplink.Command> uplink) {
    return Behaviors.setup(context -> new PluginCache(context, folder, uplink));
  }

  private PluginCache(ActorContext<Command> context, Path folder, ActorRef<Uplink.Command> uplink) {
    super(context);
    this.folder = folder;
    this.uplink = uplink;
    fetched =
        context.messageAdapter(
            PluginFetch.Ended.class, ended -> new Ended(ended.plugin(), ended.answer()));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Get.class, this::onGet)
        .onMessage(Ended.class, this::onEnded)
        .build();
  }

  private Behavior<Command> onGet(Get get) {
    var plugin = get.plugin();
    var known = verified.get(plugin);
    if (known != null && known.toFile().isFile()) {
      get.replyTo().tell(new Ready(known));
    } else if (!isSafe(plugin)) {
      get.replyTo().tell(new Missing("not a plugin's hash and file name: " + plugin));
    } else if (waiting.containsKey(plugin)) {
      waiting.get(plugin).add(get.replyTo());
    } else {
      waiting.put(plugin, new ArrayList<>(List.of(get.replyTo())));
      lookOrFetch(plugin);
    }
    return this;
  }

  private void lookOrFetch(PluginRef plugin) {
    var file = folder.resolve(plugin.sha256()).resolve(plugin.fileName());
    if (isThere(file, plugin.sha256())) {
      getContext().getSelf().tell(new Ended(plugin, new Ready(file)));
    } else {
      getContext()
          .spawnAnonymous(
              PluginFetch.create(plugin, file, uplink, fetched), DispatcherSelector.sameAsParent());
    }
  }

  /** Whether file and requirements are still what they were when they were put there. */
  private static boolean isThere(Path file, String sha256) {
    try {
      return file.toFile().isFile() && PluginFile.read(file).sha256().equals(sha256);
    } catch (IOException | IllegalArgumentException unreadable) {
      return false;
    }
  }

  private Behavior<Command> onEnded(Ended ended) {
    if (ended.answer() instanceof Ready ready) {
      verified.put(ended.plugin(), ready.file());
    }
    var askers = waiting.remove(ended.plugin());
    if (askers != null) {
      askers.forEach(asker -> asker.tell(ended.answer()));
    }
    return this;
  }

  private static boolean isSafe(PluginRef plugin) {
    return SHA256.matcher(plugin.sha256()).matches()
        && FILE_NAME.matcher(plugin.fileName()).matches()
        && !plugin.fileName().startsWith(".");
  }
}

package io.octopus.coordinator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;

import akka.Done;
import io.octopus.coordinator.plugin.DeleteResult;
import io.octopus.coordinator.plugin.Plugin;
import io.octopus.coordinator.plugin.PluginPush;
import io.octopus.coordinator.plugin.PushResult;
import io.octopus.coordinator.plugin.RollbackResult;
import io.octopus.coordinator.plugin.VersionChoice;
import io.octopus.coordinator.store.KeptVersion;
import io.octopus.coordinator.store.PluginChange.Source;
import io.octopus.coordinator.store.PluginUse;
import io.octopus.coordinator.store.PluginVersion;
import io.octopus.plugin.archive.PluginFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Plugins in memory: one good that has had two versions and is used, one that only has {@code run},
 * one script, one broken.
 */
final class FakePlugins implements PluginDirectory {
  private static final String ACTIONS =
      """
      [{"name":"%s","description":"Says hello.","parameters":[
        {"name":"who","type":"str","default":"'world'","required":false}]},
       {"name":"shout","description":null,"parameters":[]}]
      """;

  private record Kept(PluginFile file, int number) {}

  private final Map<String, Plugin> plugins = new ConcurrentSkipListMap<>();
  private final Map<String, List<Kept>> versions = new ConcurrentSkipListMap<>();

  FakePlugins() {
    fill();
  }

  final void fill() {
    plugins.clear();
    versions.clear();
    keep(new PluginFile("hello.py", "def main():\n    return 1\n".getBytes(UTF_8)));
    put(plugin("create_incident", ".py", ACTIONS.formatted("run"), "ab13"));
    put(plugin("tidy", ".sh", "[]", "ab14"));
    put(plugin("shattered", ".py", "[]", ""));
    keep(new PluginFile("hello.py", "def main():\n    return 2\n".getBytes(UTF_8)));
  }

  private void put(Plugin plugin) {
    plugins.put(plugin.name(), plugin);
  }

  private Plugin keep(PluginFile file) {
    List<Kept> kept = versions.computeIfAbsent(file.name(), name -> new ArrayList<>());
    kept.add(0, new Kept(file, kept.size() + 1));
    Plugin plugin = plugin(file.name(), file.suffix(), ACTIONS.formatted("main"), file.sha256());
    put(plugin);
    return plugin;
  }

  private static Plugin plugin(String name, String suffix, String actions, String sha256) {
    return new Plugin(
        name,
        name + suffix,
        "",
        sha256,
        "python",
        null,
        actions,
        "[]",
        12,
        Instant.EPOCH,
        "folder",
        Instant.EPOCH,
        "folder",
        "folder",
        sha256.isEmpty() ? "line 3: invalid syntax" : null);
  }

  @Override
  public List<Plugin> all() {
    return List.copyOf(plugins.values());
  }

  @Override
  public Optional<Plugin> find(String name) {
    return Optional.ofNullable(plugins.get(name));
  }

  @Override
  public CompletionStage<Map<String, Integer>> used() {
    return completedFuture(Map.of("hello", 7));
  }

  @Override
  public CompletionStage<Done> refresh(String name) {
    return completedFuture(Done.getInstance());
  }

  @Override
  public CompletionStage<PushResult> push(PluginPush push) {
    return completedFuture(result(push));
  }

  private PushResult result(PluginPush push) {
    String serving = find(push.name()).map(Plugin::sha256).orElse(null);
    if (push.expected() != null && !push.expected().equals(serving)) {
      return new PushResult.Stale(serving);
    }
    String fileName = Optional.ofNullable(push.fileName()).orElse(push.name() + ".py");
    byte[] content = push.content();
    if (content == null && serving == null) {
      return new PushResult.Unknown();
    }
    if (!fileName.equals(push.name() + ".py")) {
      return new PushResult.Refused("filename", fileName + " must be that with a suffix");
    }
    if (content != null && new String(content, UTF_8).contains("(:")) {
      return new PushResult.Broken(1, "invalid syntax");
    }
    byte[] requirements = Optional.ofNullable(push.requirements()).orElse(new byte[0]);
    if (requirements.length > 0 && requirements[0] == 'x') {
      return new PushResult.Refused("requirements", "must be text");
    }
    byte[] whole = content != null ? content : kept(push.name()).get(0).file().content();
    Plugin pushed = keep(new PluginFile(fileName, whole, requirements));
    return serving == null ? new PushResult.Created(pushed) : new PushResult.Updated(pushed);
  }

  @Override
  public CompletionStage<RollbackResult> rollBack(
      String name, @Nullable String version, String by) {
    List<KeptVersion> all = all(name);
    if (version == null) {
      return completedFuture(
          all.size() > 1
              ? new RollbackResult.Serves(keep(kept(name).get(1).file()))
              : new RollbackResult.NoneBefore());
    }
    VersionChoice choice = VersionChoice.of(version, all);
    if (choice instanceof VersionChoice.Several several) {
      return completedFuture(new RollbackResult.Ambiguous(several.versions()));
    }
    return completedFuture(
        choice instanceof VersionChoice.One
            ? new RollbackResult.Serves(find(name).orElseThrow())
            : new RollbackResult.NoSuchVersion());
  }

  @Override
  public CompletionStage<DeleteResult> delete(String name, boolean force, String by) {
    if (name.equals("hello") && !force) {
      return completedFuture(
          new DeleteResult.InUse(
              IntStream.rangeClosed(1, 7)
                  .mapToObj(n -> new PluginUse("task", "t" + n, "nightly", "Active"))
                  .toList()));
    }
    return completedFuture(
        plugins.remove(name) == null ? new DeleteResult.Unknown() : new DeleteResult.Deleted());
  }

  @Override
  public CompletionStage<List<KeptVersion>> versions(String name, int before, int limit) {
    return completedFuture(
        all(name).stream().filter(kept -> kept.number() < before).limit(limit).toList());
  }

  @Override
  public CompletionStage<VersionChoice> version(String name, String text) {
    return completedFuture(VersionChoice.of(text, all(name)));
  }

  @Override
  public CompletionStage<PluginFile> file(KeptVersion version) {
    return completedFuture(
        kept(version.version().name()).stream()
            .filter(kept -> kept.number() == version.number())
            .map(Kept::file)
            .findFirst()
            .orElseThrow());
  }

  private List<KeptVersion> all(String name) {
    return kept(name).stream().map(this::kept).toList();
  }

  private List<Kept> kept(String name) {
    return versions.getOrDefault(name, List.of());
  }

  private KeptVersion kept(Kept kept) {
    PluginFile file = kept.file();
    var version =
        new PluginVersion(
            file.name(),
            file.sha256(),
            file.fileName(),
            "1.0",
            "python",
            null,
            "[]",
            "[]",
            "{}",
            file.content().length,
            Instant.EPOCH,
            "folder");
    boolean serving = find(file.name()).filter(p -> p.sha256().equals(file.sha256())).isPresent();
    return new KeptVersion(version, kept.number(), Source.FOLDER, Instant.EPOCH, "folder", serving);
  }
}

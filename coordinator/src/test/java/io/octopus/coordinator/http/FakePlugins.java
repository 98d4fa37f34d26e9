package io.octopus.coordinator.http;

import akka.Done;
import io.octopus.coordinator.plugin.Plugin;
import io.octopus.coordinator.plugin.PushResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;

/** Plugins in memory: one good, one that only has {@code run}, one script, one broken. */
final class FakePlugins implements PluginDirectory {
  private static final String ACTIONS =
      """
      [{"name":"%s","description":"Says hello.","parameters":[
        {"name":"who","type":"str","default":"'world'","required":false}]},
       {"name":"shout","description":null,"parameters":[]}]
      """;

  private final Map<String, Plugin> plugins = new ConcurrentSkipListMap<>();

  FakePlugins() {
    fill();
  }

  final void fill() {
    plugins.clear();
    put(plugin("hello", ".py", ACTIONS.formatted("main"), "ab12"));
    put(plugin("create_incident", ".py", ACTIONS.formatted("run"), "ab13"));
    put(plugin("tidy", ".sh", "[]", "ab14"));
    put(plugin("shattered", ".py", "[]", ""));
  }

  private void put(Plugin plugin) {
    plugins.put(plugin.name(), plugin);
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
        12,
        Instant.EPOCH,
        "folder",
        Instant.EPOCH,
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
  public CompletionStage<Done> refresh(String name) {
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  @Override
  public CompletionStage<PushResult> push(String name, String fileName, byte[] bytes, String by) {
    return CompletableFuture.completedFuture(result(name, fileName, bytes));
  }

  private PushResult result(String name, String fileName, byte[] bytes) {
    if (!fileName.equals(name + ".py")) {
      return new PushResult.Refused(fileName + " must be " + name + " with a suffix");
    }
    if (new String(bytes, java.nio.charset.StandardCharsets.UTF_8).contains("(:")) {
      return new PushResult.Broken(1, "invalid syntax");
    }
    Plugin pushed = plugin(name, ".py", ACTIONS.formatted("main"), "cd34");
    return plugins.put(name, pushed) == null
        ? new PushResult.Created(pushed)
        : new PushResult.Updated(pushed);
  }
}

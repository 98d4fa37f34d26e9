package io.octopus.coordinator.http;

import akka.Done;
import io.octopus.coordinator.plugin.DeleteResult;
import io.octopus.coordinator.plugin.Plugin;
import io.octopus.coordinator.plugin.PluginCatalog;
import io.octopus.coordinator.plugin.PluginPush;
import io.octopus.coordinator.plugin.PushResult;
import io.octopus.coordinator.plugin.RollbackResult;
import io.octopus.coordinator.plugin.VersionChoice;
import io.octopus.coordinator.store.KeptVersion;
import io.octopus.plugin.archive.PluginFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The plugins of the coordinator's own catalog. */
public record CatalogPlugins(PluginCatalog catalog) implements PluginDirectory {

  @Override
  public List<Plugin> all() {
    return catalog.all();
  }

  @Override
  public Optional<Plugin> find(String name) {
    return catalog.find(name);
  }

  @Override
  public CompletionStage<Map<String, Integer>> used() {
    return catalog.used();
  }

  @Override
  public CompletionStage<Done> refresh(String name) {
    return catalog.refresh(name);
  }

  @Override
  public CompletionStage<PushResult> push(PluginPush push) {
    return catalog.push(push);
  }

  @Override
  public CompletionStage<RollbackResult> rollBack(
      String name, @Nullable String version, String by) {
    return catalog.rollBack(name, version, by);
  }

  @Override
  public CompletionStage<DeleteResult> delete(String name, boolean force, String by) {
    return catalog.delete(name, force, by);
  }

  @Override
  public CompletionStage<List<KeptVersion>> versions(String name, int before, int limit) {
    return catalog.versions().page(name, before, limit);
  }

  @Override
  public CompletionStage<VersionChoice> version(String name, String text) {
    return catalog.versions().find(name, text);
  }

  @Override
  public CompletionStage<PluginFile> file(KeptVersion version) {
    return catalog.versions().file(version);
  }
}

package io.octopus.coordinator.http;

import akka.Done;
import io.octopus.coordinator.plugin.Plugin;
import io.octopus.coordinator.plugin.PluginCatalog;
import io.octopus.coordinator.plugin.PushResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

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
  public CompletionStage<Done> refresh(String name) {
    return catalog.refresh(name);
  }

  @Override
  public CompletionStage<PushResult> push(String name, String fileName, byte[] bytes, String by) {
    return catalog.push(name, fileName, bytes, by);
  }
}

package io.octopus.coordinator.http;

import akka.Done;
import io.octopus.coordinator.plugin.Plugin;
import io.octopus.coordinator.plugin.PushResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the API needs of the plugins. Reading never waits. */
public interface PluginDirectory {

  List<Plugin> all();

  Optional<Plugin> find(String name);

  /** Takes over what has been written to this plugin's file before it answers. */
  CompletionStage<Done> refresh(String name);

  /** Makes a file serve under a name. */
  CompletionStage<PushResult> push(String name, String fileName, byte[] bytes, String by);
}

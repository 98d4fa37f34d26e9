package io.octopus.coordinator.task;

import io.octopus.protocol.PluginRef;
import java.util.Optional;

/** What a task sees of the plugins at the moment an attempt is granted. Reading it never blocks. */
public interface PluginView {

  /** The content that serves under this name now; empty when there is no such plugin. */
  Optional<PluginRef> current(String name);
}

package io.octopus.coordinator.plugin;

import io.octopus.coordinator.store.PluginUse;
import java.util.List;

/** What became of the wish to delete a plugin. */
public sealed interface DeleteResult {

  /** Nothing serves under its name any more. */
  record Deleted() implements DeleteResult {}

  /** There is no such plugin. */
  record Unknown() implements DeleteResult {}

  /** It serves as before, because it is needed. */
  record InUse(List<PluginUse> uses) implements DeleteResult {}
}

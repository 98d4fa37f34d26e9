package io.octopus.coordinator.plugin;

import io.octopus.coordinator.store.KeptVersion;
import java.util.List;

/** What became of the wish to have an earlier version back. */
public sealed interface RollbackResult {

  /** The version serves. */
  record Serves(Plugin plugin) implements RollbackResult {}

  /** No other version served before. */
  record NoneBefore() implements RollbackResult {}

  /** The plugin never had such a version. */
  record NoSuchVersion() implements RollbackResult {}

  /** More than one version is called like that. */
  record Ambiguous(List<KeptVersion> versions) implements RollbackResult {}
}

package io.octopus.coordinator.http;

import akka.Done;
import io.octopus.coordinator.plugin.DeleteResult;
import io.octopus.coordinator.plugin.Plugin;
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

/** What the API needs of the plugins. Reading what serves never waits. */
public interface PluginDirectory {

  List<Plugin> all();

  Optional<Plugin> find(String name);

  /** How many live tasks use each plugin that any uses. */
  CompletionStage<Map<String, Integer>> used();

  /** Takes over what has been written to this plugin's file before it answers. */
  CompletionStage<Done> refresh(String name);

  /** Makes something serve under a name. */
  CompletionStage<PushResult> push(PluginPush push);

  /** Makes a version serve that is kept; without one named, the one that served before. */
  CompletionStage<RollbackResult> rollBack(String name, @Nullable String version, String by);

  /** Ends what serves under a name. */
  CompletionStage<DeleteResult> delete(String name, boolean force, String by);

  /** Versions with smaller numbers than this one, the newest first. */
  CompletionStage<List<KeptVersion>> versions(String name, int before, int limit);

  /** The version that a text means. */
  CompletionStage<VersionChoice> version(String name, String text);

  /** A version's file and its requirements. */
  CompletionStage<PluginFile> file(KeptVersion version);
}

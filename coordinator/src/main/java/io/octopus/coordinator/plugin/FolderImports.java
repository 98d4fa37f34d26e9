package io.octopus.coordinator.plugin;

import akka.Done;
import io.octopus.coordinator.store.PluginChange;
import io.octopus.coordinator.store.PluginChange.Source;
import io.octopus.coordinator.store.PluginRows.Import;
import io.octopus.coordinator.store.PluginVersion;
import io.octopus.plugin.archive.PluginFile;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a change in the folder means.
 *
 * <p>A file is imported when it differs from its last import, not when it differs from what serves:
 * otherwise every restart would undo what was pushed since. A broken file changes nothing but what
 * is shown. A file that is gone ends what it brought, not what was pushed.
 */
final class FolderImports implements PluginFolder.Changes {

  /** Who brought a version that came from the folder. */
  static final String FOLDER = "plugins folder";

  private static final Logger LOG = LoggerFactory.getLogger(FolderImports.class);

  private final PluginShelf shelf;
  private final PluginInspection inspection;
  private final InstantSource clock;

  FolderImports(PluginShelf shelf, PluginInspection inspection, InstantSource clock) {
    this.shelf = shelf;
    this.inspection = inspection;
    this.clock = clock;
  }

  @Override
  public Optional<PluginFileName> fileOf(String plugin) {
    return Optional.ofNullable(shelf.state(plugin).imported())
        .flatMap(file -> PluginFileName.parse(file.fileName()));
  }

  @Override
  public List<PluginFileName> files() {
    return shelf.states().stream().flatMap(state -> fileOf(state.name()).stream()).toList();
  }

  @Override
  public CompletionStage<Done> fileIs(PluginFileName file, PluginFile plugin) {
    String sha256 = plugin.sha256();
    if (shelf.state(file.plugin()).isImported(file, sha256, null)) {
      return unchanged();
    }
    Optional<String> rule = PluginRequirements.problem(plugin);
    if (rule.isPresent()) {
      return fileIsBroken(file, sha256, "the requirements of " + file + " " + rule.get());
    }
    return inspection
        .inspect(plugin, FOLDER)
        .thenCompose(
            found -> {
              if (found instanceof PluginInspection.Broken broken) {
                return fileIsBroken(file, sha256, broken.inWords(file));
              }
              return fileIsGood(file, ((PluginInspection.Good) found).version(), plugin);
            });
  }

  private CompletionStage<Done> fileIsGood(
      PluginFileName file, PluginVersion version, PluginFile plugin) {
    var imported = new Import(file.toString(), version.sha256(), null, clock.instant());
    if (shelf.state(file.plugin()).isServing(file, version.sha256())) {
      return shelf.remember(file.plugin(), imported);
    }
    LOG.info("Plugin {} is now {} from the folder", file.plugin(), version.sha256());
    return shelf
        .serve(version, plugin.stored(), change(file, version.sha256()))
        .thenCompose(served -> shelf.remember(file.plugin(), imported));
  }

  @Override
  public CompletionStage<Done> fileIsUnreadable(PluginFileName file, String why) {
    return fileIsBroken(file, "", file + " " + why);
  }

  private CompletionStage<Done> fileIsBroken(PluginFileName file, String sha256, String error) {
    if (shelf.state(file.plugin()).isImported(file, sha256, error)) {
      return unchanged();
    }
    LOG.warn("Not importing {}", error);
    return shelf.remember(
        file.plugin(), new Import(file.toString(), sha256, error, clock.instant()));
  }

  @Override
  public CompletionStage<Done> fileIsGone(PluginFileName file) {
    if (fileOf(file.plugin()).filter(file::equals).isEmpty()) {
      return unchanged();
    }
    if (!shelf.state(file.plugin()).isFromFolder()) {
      return shelf.forget(file);
    }
    LOG.info("Plugin {} is gone from the folder", file.plugin());
    return shelf.stop(change(file, null)).thenCompose(stopped -> shelf.forget(file));
  }

  private PluginChange change(PluginFileName file, @Nullable String sha256) {
    return new PluginChange(file.plugin(), sha256, Source.FOLDER, clock.instant(), FOLDER);
  }

  private static CompletionStage<Done> unchanged() {
    return CompletableFuture.completedFuture(Done.getInstance());
  }
}

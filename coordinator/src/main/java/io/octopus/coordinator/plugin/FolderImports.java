package io.octopus.coordinator.plugin;

import akka.Done;
import io.octopus.coordinator.store.PluginRows.Import;
import io.octopus.coordinator.store.PluginVersion;
import io.octopus.plugin.archive.Checksum;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
  public CompletionStage<Done> fileIs(PluginFileName file, byte[] bytes) {
    String sha256 = Checksum.sha256(bytes);
    if (shelf.state(file.plugin()).isImported(file, sha256, null)) {
      return unchanged();
    }
    return inspection
        .inspect(file, bytes, FOLDER)
        .thenCompose(
            found -> {
              if (found instanceof PluginInspection.Broken broken) {
                return fileIsBroken(file, sha256, broken.inWords(file));
              }
              return fileIsGood(file, ((PluginInspection.Good) found).version(), bytes);
            });
  }

  private CompletionStage<Done> fileIsGood(
      PluginFileName file, PluginVersion version, byte[] bytes) {
    var imported = new Import(file.toString(), version.sha256(), null, clock.instant());
    if (shelf.state(file.plugin()).isServing(file, version.sha256())) {
      return shelf.remember(file.plugin(), imported);
    }
    LOG.info("Plugin {} is now {} from the folder", file.plugin(), version.sha256());
    return shelf
        .serve(version, bytes, clock.instant(), FOLDER)
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
    return shelf.stopServing(file.plugin()).thenCompose(stopped -> shelf.forget(file));
  }

  private static CompletionStage<Done> unchanged() {
    return CompletableFuture.completedFuture(Done.getInstance());
  }
}

package io.octopus.coordinator.plugin;

import akka.Done;
import io.octopus.coordinator.store.PluginRows;
import io.octopus.coordinator.store.PluginVersion;
import io.octopus.coordinator.task.PluginView;
import io.octopus.plugin.archive.PluginReader;
import io.octopus.protocol.PluginRef;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of this installation: which content serves under which name.
 *
 * <p>Reading never waits. Changes come from the folder, which is watched, and from pushes; they are
 * made one after another and are stored before they can be seen.
 */
public final class PluginCatalog implements PluginView, AutoCloseable {

  private final Path folderPath;
  private final InstantSource clock;
  private final PluginInspection inspection;
  private final PluginShelf shelf;
  private final SerialWork work;
  private final PluginFolder folder;
  private @Nullable FolderWatch watch;

  /**
   * Knows nothing before {@link #start}.
   *
   * @param blocking where files are read and Python is asked
   */
  public PluginCatalog(
      Path folder, PluginRows rows, PluginReader reader, Executor blocking, InstantSource clock) {
    this.folderPath = folder;
    this.clock = clock;
    this.inspection = new PluginInspection(reader, blocking, clock);
    this.shelf = new PluginShelf(rows);
    this.work = new SerialWork(blocking);
    this.folder =
        new PluginFolder(
            folder, new FolderImports(shelf, inspection, clock), work, blocking, clock);
  }

  /** Imports the folder, and watches it from then on; a folder that is not there may come. */
  public CompletionStage<Done> start() {
    return shelf
        .load()
        .thenCompose(loaded -> folder.scan())
        .thenApply(
            scanned -> {
              watchFolder();
              return scanned;
            });
  }

  private synchronized void watchFolder() {
    watch = FolderWatch.start(folderPath, folder::scan);
  }

  @Override
  public Optional<PluginRef> current(String name) {
    return shelf.state(name).ref();
  }

  /** Every plugin that serves, or that has a file in the folder, in the order of their names. */
  public List<Plugin> all() {
    return shelf.states().stream().flatMap(state -> state.shown().stream()).toList();
  }

  /** One of {@link #all}. */
  public Optional<Plugin> find(String name) {
    return shelf.state(name).shown();
  }

  /**
   * Takes over what has been written to this plugin's file, if anything, before it answers: so that
   * whoever saves a file and posts a task runs what was saved. Costs next to nothing otherwise.
   */
  public CompletionStage<Done> refresh(String name) {
    return folder.check(name);
  }

  /**
   * Makes a file serve under a name.
   *
   * @param fileName what the file is called where it comes from; its suffix says the language
   * @param by who asks
   */
  public CompletionStage<PushResult> push(String name, String fileName, byte[] bytes, String by) {
    Optional<PluginFileName> file = PluginFileName.of(name, fileName);
    if (file.isEmpty()) {
      return refused(PluginFileName.RULE);
    }
    if (bytes.length > PluginFileName.LARGEST) {
      return refused("the file " + PluginFileName.TOO_LARGE);
    }
    return work.run(
        () ->
            inspection
                .inspect(file.get(), bytes, by)
                .thenCompose(
                    found -> {
                      if (found instanceof PluginInspection.Broken broken) {
                        return answer(new PushResult.Broken(broken.line(), broken.message()));
                      }
                      return serve(
                          file.get(), ((PluginInspection.Good) found).version(), bytes, by);
                    }));
  }

  /** What a user pushes is the user's, even if the folder brought the same before. */
  private CompletionStage<PushResult> serve(
      PluginFileName file, PluginVersion version, byte[] bytes, String by) {
    PluginState before = shelf.state(file.plugin());
    if (before.isServing(file, version.sha256()) && !before.isFromFolder()) {
      return answer(new PushResult.Unchanged(shown(file)));
    }
    return shelf
        .serve(version, bytes, clock.instant(), by)
        .thenApply(
            served -> {
              if (before.isServing(file, version.sha256())) {
                return new PushResult.Unchanged(shown(file));
              }
              return before.serving() == null
                  ? new PushResult.Created(shown(file))
                  : new PushResult.Updated(shown(file));
            });
  }

  private Plugin shown(PluginFileName file) {
    return find(file.plugin()).orElseThrow();
  }

  private static CompletionStage<PushResult> refused(String rule) {
    return answer(new PushResult.Refused(rule));
  }

  private static CompletionStage<PushResult> answer(PushResult result) {
    return CompletableFuture.completedFuture(result);
  }

  /** Is told the name of every plugin that has changed; must neither block nor throw. */
  public void onChange(Consumer<String> listener) {
    shelf.onChange(listener);
  }

  /** Stops watching the folder. */
  @Override
  public synchronized void close() {
    if (watch != null) {
      watch.close();
    }
  }
}

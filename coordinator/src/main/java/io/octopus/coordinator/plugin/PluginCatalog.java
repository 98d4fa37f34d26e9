package io.octopus.coordinator.plugin;

import akka.Done;
import io.octopus.coordinator.store.PluginRows;
import io.octopus.coordinator.task.PluginView;
import io.octopus.plugin.archive.PluginReader;
import io.octopus.protocol.PluginRef;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of this installation: which content serves under which name.
 *
 * <p>Reading never waits. Changes come from the folder, which is watched, and from users; they are
 * made one after another and are stored before they can be seen.
 */
public final class PluginCatalog implements PluginView, AutoCloseable {

  private final Path folderPath;
  private final PluginRows rows;
  private final PluginShelf shelf;
  private final PluginVersions versions;
  private final PluginPushes pushes;
  private final PluginRollbacks rollbacks;
  private final PluginDeletions deletions;
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
    this.rows = rows;
    this.shelf = new PluginShelf(rows);
    this.versions = new PluginVersions(rows);
    var inspection = new PluginInspection(reader, blocking, clock);
    this.pushes = new PluginPushes(shelf, inspection, versions, clock);
    this.rollbacks = new PluginRollbacks(shelf, versions, clock);
    this.deletions = new PluginDeletions(shelf, clock);
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

  /** What the plugins were. */
  public PluginVersions versions() {
    return versions;
  }

  /** How many live tasks use each plugin that any uses. */
  public CompletionStage<Map<String, Integer>> used() {
    return rows.used();
  }

  /** Makes something serve under a name. */
  public CompletionStage<PushResult> push(PluginPush push) {
    return work.run(() -> pushes.push(push));
  }

  /**
   * Makes a version serve that is kept, also when its plugin is deleted.
   *
   * @param version which one; null for the one that served before
   * @param by who asks
   */
  public CompletionStage<RollbackResult> rollBack(
      String name, @Nullable String version, String by) {
    return refresh(name).thenCompose(done -> work.run(() -> rollbacks.rollBack(name, version, by)));
  }

  /**
   * Ends what serves under a name; the versions stay.
   *
   * @param force also when tasks or executions need it
   * @param by who asks
   */
  public CompletionStage<DeleteResult> delete(String name, boolean force, String by) {
    return refresh(name).thenCompose(done -> work.run(() -> deletions.delete(name, force, by)));
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

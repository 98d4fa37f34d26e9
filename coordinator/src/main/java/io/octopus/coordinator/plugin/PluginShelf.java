package io.octopus.coordinator.plugin;

import akka.Done;
import akka.util.ByteString;
import io.octopus.coordinator.store.PluginChange;
import io.octopus.coordinator.store.PluginRows;
import io.octopus.coordinator.store.PluginRows.Import;
import io.octopus.coordinator.store.PluginRows.Serving;
import io.octopus.coordinator.store.PluginUse;
import io.octopus.coordinator.store.PluginVersion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What is known of every plugin, in the database and, for readers that must not wait, in memory.
 * Memory follows the database: what is read here is stored.
 */
final class PluginShelf {

  private final PluginRows rows;
  private volatile Map<String, PluginState> states = Map.of();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  PluginShelf(PluginRows rows) {
    this.rows = rows;
  }

  /** Reads the database. */
  CompletionStage<Done> load() {
    return rows.serving()
        .thenCombine(
            rows.imports(),
            (serving, imports) -> {
              var loaded = new TreeMap<String, PluginState>();
              for (Serving one : serving) {
                String name = one.version().name();
                loaded.put(name, PluginState.unknown(name).servedBy(one));
              }
              for (Import file : imports) {
                PluginFileName.parse(file.fileName())
                    .map(PluginFileName::plugin)
                    .ifPresent(
                        name ->
                            loaded.compute(
                                name,
                                (n, state) ->
                                    (state == null ? PluginState.unknown(name) : state)
                                        .importedFrom(file)));
              }
              states = loaded;
              return Done.getInstance();
            });
  }

  PluginState state(String name) {
    PluginState state = states.get(name);
    return state == null ? PluginState.unknown(name) : state;
  }

  /** In the order of their names. */
  Collection<PluginState> states() {
    return states.values();
  }

  /** Is told the name of every plugin whose state has changed; must not block or throw. */
  void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** From now on this content serves. */
  CompletionStage<Done> serve(PluginVersion version, byte[] content, PluginChange change) {
    return rows.serve(version, ByteString.fromArrayUnsafe(content), change)
        .thenApply(serving -> change(change.name(), state -> state.servedBy(serving)));
  }

  /** From now on a content serves that is kept. */
  CompletionStage<Done> serveAgain(PluginChange change) {
    return rows.serveAgain(change)
        .thenApply(serving -> change(change.name(), state -> state.servedBy(serving)));
  }

  /** From now on nothing serves under this name; its versions stay. Nothing can prevent it. */
  CompletionStage<List<PluginUse>> stop(PluginChange change) {
    return rows.stop(change).thenApply(stopped -> stopped(change));
  }

  /** Like {@link #stop}, unless the plugin is used: what uses it is answered. */
  CompletionStage<List<PluginUse>> stopUnlessUsed(PluginChange change) {
    return rows.stopUnlessUsed(change).thenApply(uses -> uses.isEmpty() ? stopped(change) : uses);
  }

  private List<PluginUse> stopped(PluginChange change) {
    change(change.name(), PluginState::servedByNothing);
    return List.of();
  }

  /** Remembers what the folder's file is like. */
  CompletionStage<Done> remember(String name, Import file) {
    return rows.recordImport(file)
        .thenApply(done -> change(name, state -> state.importedFrom(file)));
  }

  /** The folder has no such file any more. */
  CompletionStage<Done> forget(PluginFileName file) {
    return rows.forgetImport(file.toString())
        .thenApply(done -> change(file.plugin(), state -> state.importedFrom(null)));
  }

  private Done change(String name, UnaryOperator<PluginState> change) {
    var next = new TreeMap<>(states);
    next.put(name, change.apply(state(name)));
    states = next;
    listeners.forEach(listener -> listener.accept(name));
    return Done.getInstance();
  }
}

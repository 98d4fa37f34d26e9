package io.octopus.coordinator.plugin;

import akka.Done;
import akka.util.ByteString;
import io.octopus.coordinator.store.PluginRows;
import io.octopus.coordinator.store.PluginRows.Import;
import io.octopus.coordinator.store.PluginRows.Serving;
import io.octopus.coordinator.store.PluginVersion;
import java.time.Instant;
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
  CompletionStage<Done> serve(PluginVersion version, byte[] content, Instant at, String by) {
    return rows.serve(version, ByteString.fromArrayUnsafe(content), at, by)
        .thenApply(serving -> change(version.name(), state -> state.servedBy(serving)));
  }

  /** From now on nothing serves under this name; its versions stay. */
  CompletionStage<Done> stopServing(String name) {
    return rows.delete(name).thenApply(served -> change(name, PluginState::servedByNothing));
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

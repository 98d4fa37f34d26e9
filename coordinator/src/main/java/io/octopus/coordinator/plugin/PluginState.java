package io.octopus.coordinator.plugin;

import io.octopus.coordinator.store.PluginRows.Import;
import io.octopus.coordinator.store.PluginVersion;
import io.octopus.protocol.PluginRef;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known under one name: the version that serves, if one does, and what the folder brought
 * last, if it has such a file. The two differ after a push, and while the folder's file is broken.
 */
record PluginState(
    String name,
    @Nullable PluginVersion serving,
    @Nullable Instant servingSince,
    @Nullable Import imported) {

  static PluginState unknown(String name) {
    return new PluginState(name, null, null, null);
  }

  PluginState servedBy(PluginVersion version, Instant since) {
    return new PluginState(name, version, since, imported);
  }

  PluginState servedByNothing() {
    return new PluginState(name, null, null, imported);
  }

  PluginState importedFrom(@Nullable Import newest) {
    return new PluginState(name, serving, servingSince, newest);
  }

  boolean isServing(PluginFileName file, String sha256) {
    return serving != null
        && serving.sha256().equals(sha256)
        && serving.fileName().equals(file.toString());
  }

  /** Whether what serves goes when its file goes. */
  boolean isFromFolder() {
    return serving != null && serving.createdBy().equals(FolderImports.FOLDER);
  }

  /** Whether the folder's file was like this when it was last looked at. */
  boolean isImported(PluginFileName file, String sha256, @Nullable String error) {
    return imported != null
        && imported.fileName().equals(file.toString())
        && imported.sha256().equals(sha256)
        && Objects.equals(imported.error(), error);
  }

  Optional<PluginRef> ref() {
    return Optional.ofNullable(serving)
        .map(v -> new PluginRef(v.name(), v.fileName(), v.version(), v.sha256()));
  }

  /** A plugin that serves or should, because its file is there; nothing else is shown. */
  Optional<Plugin> shown() {
    if (serving == null) {
      return Optional.ofNullable(imported).filter(file -> file.error() != null).map(this::broken);
    }
    Instant since = servingSince == null ? serving.createdAt() : servingSince;
    Import broken = imported == null || imported.error() == null ? null : imported;
    return Optional.of(
        new Plugin(
            name,
            serving.fileName(),
            serving.version(),
            serving.sha256(),
            serving.language(),
            serving.description(),
            serving.actions(),
            serving.size(),
            serving.createdAt(),
            serving.createdBy(),
            broken == null ? since : broken.at(),
            broken == null ? null : broken.error()));
  }

  private Plugin broken(Import file) {
    return new Plugin(
        name,
        file.fileName(),
        "",
        "",
        null,
        null,
        "[]",
        0,
        file.at(),
        FolderImports.FOLDER,
        file.at(),
        file.error());
  }
}

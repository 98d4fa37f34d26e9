package io.octopus.coordinator.plugin;

import io.octopus.coordinator.store.PluginChange.Source;
import io.octopus.coordinator.store.PluginRows.Import;
import io.octopus.coordinator.store.PluginRows.Serving;
import io.octopus.coordinator.store.PluginVersion;
import io.octopus.protocol.PluginRef;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known under one name: the version that serves, if one does, and what the folder brought
 * last, if it has such a file. The two differ after a push, and while the folder's file is broken.
 */
record PluginState(String name, @Nullable Serving serving, @Nullable Import imported) {

  static PluginState unknown(String name) {
    return new PluginState(name, null, null);
  }

  PluginState servedBy(Serving now) {
    return new PluginState(name, now, imported);
  }

  PluginState servedByNothing() {
    return new PluginState(name, null, imported);
  }

  PluginState importedFrom(@Nullable Import newest) {
    return new PluginState(name, serving, newest);
  }

  boolean isServing(PluginFileName file, String sha256) {
    return serving != null
        && serving.version().sha256().equals(sha256)
        && serving.version().fileName().equals(file.toString());
  }

  /** Whether what serves goes when its file goes. */
  boolean isFromFolder() {
    return serving != null && serving.source() == Source.FOLDER;
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
        .map(Serving::version)
        .map(v -> new PluginRef(v.name(), v.fileName(), v.version(), v.sha256()));
  }

  /** A plugin that serves or should, because its file is there; nothing else is shown. */
  Optional<Plugin> shown() {
    if (serving == null) {
      return Optional.ofNullable(imported).filter(file -> file.error() != null).map(this::broken);
    }
    PluginVersion version = serving.version();
    Import broken = imported == null || imported.error() == null ? null : imported;
    return Optional.of(
        new Plugin(
            name,
            version.fileName(),
            version.version(),
            version.sha256(),
            version.language(),
            version.description(),
            version.actions(),
            version.requirements(),
            version.size(),
            version.createdAt(),
            version.createdBy(),
            broken == null ? serving.since() : broken.at(),
            broken == null ? serving.by() : FolderImports.FOLDER,
            serving.source().text(),
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
        "[]",
        0,
        file.at(),
        FolderImports.FOLDER,
        file.at(),
        FolderImports.FOLDER,
        Source.FOLDER.text(),
        file.error());
  }
}

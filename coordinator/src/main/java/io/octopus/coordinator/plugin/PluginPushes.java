package io.octopus.coordinator.plugin;

import io.octopus.coordinator.store.PluginChange;
import io.octopus.coordinator.store.PluginChange.Source;
import io.octopus.coordinator.store.PluginVersion;
import io.octopus.plugin.archive.Language;
import io.octopus.plugin.archive.PluginFile;
import io.octopus.protocol.PluginRef;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes what users send serve, if it is good. */
final class PluginPushes {

  private static final byte[] NOTHING = {};

  private final PluginShelf shelf;
  private final PluginInspection inspection;
  private final PluginVersions versions;
  private final InstantSource clock;

  PluginPushes(
      PluginShelf shelf,
      PluginInspection inspection,
      PluginVersions versions,
      InstantSource clock) {
    this.shelf = shelf;
    this.inspection = inspection;
    this.versions = versions;
    this.clock = clock;
  }

  CompletionStage<PushResult> push(PluginPush push) {
    Optional<PluginRef> serving = shelf.state(push.name()).ref();
    String sha256 = serving.map(PluginRef::sha256).orElse(null);
    if (push.expected() != null && !push.expected().equals(sha256)) {
      return answer(new PushResult.Stale(sha256));
    }
    if (push.content() == null && serving.isEmpty()) {
      return answer(new PushResult.Unknown());
    }
    Optional<PluginFileName> file =
        Optional.ofNullable(push.fileName())
            .or(() -> serving.map(PluginRef::fileName))
            .flatMap(called -> PluginFileName.of(push.name(), called));
    if (file.isEmpty()) {
      return answer(new PushResult.Refused("filename", PluginFileName.RULE));
    }
    return serving
        .map(before -> versions.file(before.fileName(), before.sha256()))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))
        .thenApply(before -> completed(push, file.get(), before))
        .thenCompose(plugin -> push(push, file.get(), plugin));
  }

  /** What is not sent stays as it is. */
  private static PluginFile completed(
      PluginPush push, PluginFileName file, Optional<PluginFile> before) {
    byte[] content = push.content();
    byte[] requirements = push.requirements();
    boolean isPython = PluginFile.languageOf(file.toString()) == Language.PYTHON;
    return new PluginFile(
        file.toString(),
        content != null ? content : before.map(PluginFile::content).orElseThrow(),
        requirements != null || !isPython
            ? Optional.ofNullable(requirements).orElse(NOTHING)
            : before.map(PluginFile::requirements).orElse(NOTHING));
  }

  private CompletionStage<PushResult> push(
      PluginPush push, PluginFileName file, PluginFile plugin) {
    if (plugin.content().length > PluginFileName.LARGEST) {
      return answer(new PushResult.Refused("body", "the file " + PluginFileName.TOO_LARGE));
    }
    Optional<String> rule = PluginRequirements.problem(plugin);
    if (rule.isPresent()) {
      return answer(new PushResult.Refused("requirements", rule.get()));
    }
    return inspection
        .inspect(plugin, push.by())
        .thenCompose(
            found -> {
              if (found instanceof PluginInspection.Broken broken) {
                return answer(new PushResult.Broken(broken.line(), broken.message()));
              }
              return serve(file, ((PluginInspection.Good) found).version(), plugin, push.by());
            });
  }

  /** What a user pushes is the user's, even if the folder brought the same before. */
  private CompletionStage<PushResult> serve(
      PluginFileName file, PluginVersion version, PluginFile plugin, String by) {
    PluginState before = shelf.state(file.plugin());
    if (before.isServing(file, version.sha256()) && !before.isFromFolder()) {
      return answer(new PushResult.Unchanged(shown(file)));
    }
    var change =
        new PluginChange(file.plugin(), version.sha256(), Source.PUSH, clock.instant(), by);
    return shelf
        .serve(version, plugin.stored(), change)
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
    return shelf.state(file.plugin()).shown().orElseThrow();
  }

  private static CompletionStage<PushResult> answer(PushResult result) {
    return CompletableFuture.completedFuture(result);
  }
}

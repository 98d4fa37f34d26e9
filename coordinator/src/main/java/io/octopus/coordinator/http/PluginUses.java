package io.octopus.coordinator.http;

import io.octopus.coordinator.store.PluginUse;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a plugin cannot be deleted for. */
final class PluginUses {
  private static final int SHOWN = 5;

  private PluginUses() {}

  static RequestRefused refusal(String name, List<PluginUse> uses) {
    List<PluginUse> shown = uses.subList(0, Math.min(SHOWN, uses.size()));
    String listed =
        shown.stream()
            .map(use -> use.kind() + " " + use.id() + " (" + inWords(use) + ")")
            .collect(Collectors.joining(", "));
    String more = uses.size() > SHOWN ? " and " + (uses.size() - SHOWN) + " more" : "";
    return new RequestRefused(
        ProblemKind.CONFLICT,
        "%s is used by %s%s; end them first, or delete it with force=true"
            .formatted(name, listed, more),
        shown.stream().map(use -> new FieldError(use.kind(), use.id())).toList());
  }

  private static String inWords(PluginUse use) {
    return use.name() + ", " + use.status();
  }
}

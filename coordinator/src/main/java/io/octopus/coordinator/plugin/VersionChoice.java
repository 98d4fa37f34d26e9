package io.octopus.coordinator.plugin;

import io.octopus.coordinator.store.KeptVersion;
import java.util.List;
import java.util.function.Predicate;

/** Which of a plugin's versions a text means. */
public sealed interface VersionChoice {

  /** It means this one. */
  record One(KeptVersion version) implements VersionChoice {}

  /** It means none. */
  record None() implements VersionChoice {}

  /** It may mean any of these. */
  record Several(List<KeptVersion> versions) implements VersionChoice {}

  /** The shortest beginning of a hash that counts. */
  int SHORTEST = 4;

  /**
   * A whole hash goes before what versions say of themselves, this before their numbers, and these
   * before the beginnings of hashes.
   */
  static VersionChoice of(String text, List<KeptVersion> versions) {
    List<Predicate<KeptVersion>> ways =
        List.of(
            kept -> kept.version().sha256().equals(text),
            kept -> kept.version().version().equals(text),
            kept -> Integer.toString(kept.number()).equals(text),
            kept -> text.length() >= SHORTEST && kept.version().sha256().startsWith(text));
    for (Predicate<KeptVersion> way : ways) {
      List<KeptVersion> meant = versions.stream().filter(way).toList();
      if (!meant.isEmpty()) {
        return meant.size() == 1 ? new One(meant.get(0)) : new Several(meant);
      }
    }
    return new None();
  }
}

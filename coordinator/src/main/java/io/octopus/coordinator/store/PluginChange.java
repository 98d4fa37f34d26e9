package io.octopus.coordinator.store;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change of what serves under a plugin's name.
 *
 * @param sha256 what serves from then on; null when nothing does
 * @param by who wanted it: a user, or the folder
 */
public record PluginChange(
    String name, @Nullable String sha256, Source source, Instant at, String by) {

  /** What brought a change about. */
  public enum Source {
    /** The folder's file came, changed or went. */
    FOLDER,
    /** Somebody sent a file or requirements. */
    PUSH,
    /** Somebody wanted an earlier version back. */
    ROLLBACK,
    /** Somebody deleted the plugin. */
    DELETE;

    static Source parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** As the API and the database write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

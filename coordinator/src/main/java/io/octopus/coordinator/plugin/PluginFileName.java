package io.octopus.coordinator.plugin;

import io.octopus.plugin.archive.PluginFile;
import io.octopus.plugin.archive.PluginName;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a file that is a plugin: the plugin's name and a suffix that says the language.
 *
 * <p>A folder holds other things as well: notes, requirements, caches, what editors leave behind.
 * They have no such name.
 */
record PluginFileName(String plugin, String suffix) implements Comparable<PluginFileName> {

  private static final List<String> SUFFIXES =
      List.of(".py", ".jar", ".sh", ".ps1", ".cmd", ".bat", ".exe");

  /** In words, for the message that refuses a name. */
  static final String RULE =
      "the file's name must end in one of "
          + String.join(", ", SUFFIXES)
          + "; the plugin's name: "
          + PluginName.RULE
          + ", not '_' first";

  /** No plugin is that large; something else was taken for one. */
  static final long LARGEST = 32L * 1024 * 1024;

  /** In words, for the message that refuses a file. */
  static final String TOO_LARGE = "is larger than " + LARGEST / 1024 / 1024 + " MiB";

  static Optional<PluginFileName> parse(String fileName) {
    return suffixOf(fileName)
        .flatMap(
            suffix ->
                PluginFile.pluginNameOf(fileName).map(name -> new PluginFileName(name, suffix)));
  }

  /** A plugin of this name in a file like that one; the file may have had another name before. */
  static Optional<PluginFileName> of(String plugin, String fileName) {
    return suffixOf(fileName)
        .flatMap(suffix -> parse(plugin + suffix))
        .filter(file -> file.plugin().equals(plugin));
  }

  private static Optional<String> suffixOf(String fileName) {
    String lowerCase = fileName.toLowerCase(Locale.ROOT);
    return SUFFIXES.stream()
        .filter(lowerCase::endsWith)
        .map(suffix -> fileName.substring(fileName.length() - suffix.length()))
        .findFirst();
  }

  /**
   * The names that a plugin's file can have, in the order in which they are preferred; none if
   * there can be no plugin of this name.
   */
  static List<PluginFileName> allOf(String plugin) {
    return SUFFIXES.stream().flatMap(suffix -> of(plugin, suffix).stream()).toList();
  }

  @Override
  public int compareTo(PluginFileName other) {
    return Comparator.comparing(PluginFileName::plugin)
        .thenComparing(file -> SUFFIXES.indexOf(file.suffix().toLowerCase(Locale.ROOT)))
        .thenComparing(PluginFileName::suffix)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return plugin + suffix;
  }
}

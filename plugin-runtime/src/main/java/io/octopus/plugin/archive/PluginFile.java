package io.octopus.plugin.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A plugin's file as it came: its name, its bytes, and what both say at once. */
@SuppressWarnings("ArrayRecordComponent") // compared by its hash, not by its bytes
public record PluginFile(String fileName, byte[] content) {

  /** Refuses a file that cannot be a plugin because of its name. */
  public PluginFile {
    var name = nameOf(fileName);
    if (!PluginName.isValid(name)) {
      throw new IllegalArgumentException(
          "'" + name + "' cannot be a plugin's name: " + PluginName.RULE);
    }
  }

  public static PluginFile read(Path file) throws IOException {
    return new PluginFile(file.getFileName().toString(), Files.readAllBytes(file));
  }

  /** The name a file in the plugins folder gives to a plugin, if it can be one at all. */
  public static Optional<String> pluginNameOf(String fileName) {
    var name = nameOf(fileName);
    boolean hidden = fileName.startsWith(".") || fileName.startsWith("_");
    return hidden || fileName.endsWith("~") || fileName.endsWith(".requirements.txt")
        ? Optional.empty()
        : Optional.of(name).filter(PluginName::isValid);
  }

  public static Language languageOf(String fileName) {
    return switch (suffixOf(fileName).toLowerCase(Locale.ROOT)) {
      case ".py" -> Language.PYTHON;
      case ".jar" -> Language.JAVA;
      default -> Language.SCRIPT;
    };
  }

  /** The plugin's name: the file's, without its suffix. */
  public String name() {
    return nameOf(fileName);
  }

  /** With its dot, or empty. */
  public String suffix() {
    return suffixOf(fileName);
  }

  public Language language() {
    return languageOf(fileName);
  }

  public String sha256() {
    return Checksum.sha256(content);
  }

  private static String nameOf(String fileName) {
    return fileName.substring(0, fileName.length() - suffixOf(fileName).length());
  }

  private static String suffixOf(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 ? fileName.substring(dot) : "";
  }
}

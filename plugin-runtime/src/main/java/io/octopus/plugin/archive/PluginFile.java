package io.octopus.plugin.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A plugin's file as it came, with the requirements that lie beside it: their names, their bytes,
 * and what they say at once.
 *
 * @param requirements the bytes of {@code name.requirements.txt}; empty when there is none, or it
 *     is blank
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its hash, not by its bytes
public record PluginFile(String fileName, byte[] content, byte[] requirements) {

  /** What the file of a plugin's requirements is called after the plugin's name. */
  public static final String REQUIREMENTS_SUFFIX = ".requirements.txt";

  /** Refuses a file that cannot be a plugin because of its name. */
  public PluginFile {
    var name = nameOf(fileName);
    if (!PluginName.isValid(name)) {
      throw new IllegalArgumentException(
          "'" + name + "' cannot be a plugin's name: " + PluginName.RULE);
    }
    if (new String(requirements, StandardCharsets.UTF_8).isBlank()) {
      requirements = new byte[0];
    }
  }

  /** A plugin that has no file of requirements beside it. */
  public PluginFile(String fileName, byte[] content) {
    this(fileName, content, new byte[0]);
  }

  /** Reads a plugin's file, and the requirements of a Python plugin. */
  public static PluginFile read(Path file) throws IOException {
    var fileName = file.getFileName().toString();
    var beside = file.resolveSibling(requirementsFileOf(fileName));
    boolean hasRequirements =
        languageOf(fileName) == Language.PYTHON && Files.isRegularFile(beside);
    return new PluginFile(
        fileName,
        Files.readAllBytes(file),
        hasRequirements ? Files.readAllBytes(beside) : new byte[0]);
  }

  /** The file that a content was made of by {@link #stored}. */
  public static PluginFile ofStored(String fileName, byte[] stored) {
    return PluginBundle.unpack(fileName, stored);
  }

  /** The name a file in the plugins folder gives to a plugin, if it can be one at all. */
  public static Optional<String> pluginNameOf(String fileName) {
    var name = nameOf(fileName);
    boolean hidden = fileName.startsWith(".") || fileName.startsWith("_");
    return hidden || fileName.endsWith("~") || fileName.endsWith(REQUIREMENTS_SUFFIX)
        ? Optional.empty()
        : Optional.of(name).filter(PluginName::isValid);
  }

  /** The name of the file of requirements that belongs to a plugin's file. */
  public static String requirementsFileOf(String fileName) {
    return nameOf(fileName) + REQUIREMENTS_SUFFIX;
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

  /** What must be installed before the plugin runs, in the words of {@code pip}. */
  public List<String> requiredPackages() {
    return RequiredPackages.of(this);
  }

  /** As one content, which is the file's own bytes when there are no requirements beside it. */
  public byte[] stored() {
    return requirements.length == 0 ? content : PluginBundle.pack(content, requirements);
  }

  /** The hash that names {@link #stored}. */
  public String sha256() {
    return Checksum.sha256(stored());
  }

  private static String nameOf(String fileName) {
    return fileName.substring(0, fileName.length() - suffixOf(fileName).length());
  }

  private static String suffixOf(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 ? fileName.substring(dot) : "";
  }
}

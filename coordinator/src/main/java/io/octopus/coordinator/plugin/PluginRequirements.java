package io.octopus.coordinator.plugin;

import io.octopus.plugin.archive.Language;
import io.octopus.plugin.archive.PluginFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The rules for what lies beside a plugin's file. */
final class PluginRequirements {

  /** No list of packages is that long; something else was taken for one. */
  static final int LARGEST = 64 * 1024;

  /** In words, for the message that refuses them. */
  static final String TOO_LARGE = "are larger than " + LARGEST / 1024 + " KiB";

  private PluginRequirements() {}

  /** The rule that a plugin's requirements break, if they do. */
  static Optional<String> problem(PluginFile plugin) {
    if (plugin.requirements().length == 0) {
      return Optional.empty();
    }
    if (plugin.language() != Language.PYTHON) {
      return Optional.of("are for Python plugins only");
    }
    if (plugin.requirements().length > LARGEST) {
      return Optional.of(TOO_LARGE);
    }
    return isText(plugin.requirements()) ? Optional.empty() : Optional.of("must be UTF-8 text");
  }

  private static boolean isText(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes))
          .chars()
          .noneMatch(c -> c == 0);
    } catch (CharacterCodingException otherBytes) {
      return false;
    }
  }
}

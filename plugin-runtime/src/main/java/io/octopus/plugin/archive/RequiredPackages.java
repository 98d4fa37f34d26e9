package io.octopus.plugin.archive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Python plugin needs installed: the lines of its file of requirements or, without one,
 * those of its {@code # requires:} comments.
 */
final class RequiredPackages {

  private static final Pattern COMMENT = Pattern.compile("#\\s*requires:\\s*(\\S.*)");

  private RequiredPackages() {}

  static List<String> of(PluginFile file) {
    if (file.language() != Language.PYTHON) {
      return List.of();
    }
    return file.requirements().length == 0
        ? inComments(file.content())
        : listed(file.requirements());
  }

  private static List<String> listed(byte[] requirements) {
    return text(requirements)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private static List<String> inComments(byte[] content) {
    return text(content)
        .lines()
        .map(COMMENT::matcher)
        .filter(Matcher::matches)
        .map(comment -> comment.group(1).strip())
        .toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

package io.octopus.plugin.archive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Python plugin needs installed: the lines of its file of requirements, and what its own
 * comments {@code # requires:} name.
 */
final class RequiredPackages {

  private static final Pattern COMMENT = Pattern.compile("#\\s*requires:\\s*(\\S.*)");
  private static final Pattern REMARK = Pattern.compile("(^|\\s+)#.*$");

  private RequiredPackages() {}

  static List<String> of(PluginFile file) {
    if (file.language() != Language.PYTHON) {
      return List.of();
    }
    Stream<String> commented =
        lines(file.content())
            .map(COMMENT::matcher)
            .filter(Matcher::matches)
            .map(comment -> comment.group(1));
    return Stream.concat(lines(file.requirements()), commented)
        .map(line -> REMARK.matcher(line).replaceFirst("").strip())
        .filter(line -> !line.isEmpty())
        .distinct()
        .toList();
  }

  private static Stream<String> lines(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).lines();
  }
}

package io.octopus.plugin.run;

import io.octopus.plugin.archive.Checksum;
import io.octopus.plugin.archive.PluginFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packages that a Python plugin needs: the lines of {@code name.requirements.txt} beside its
 * file, and those that its own comments {@code # requires:} name.
 */
record Requirements(List<String> lines) {

  private static final Pattern COMMENT = Pattern.compile("^#\\s*requires:\\s*(\\S.*)$");
  private static final Pattern REMARK = Pattern.compile("(^|\\s+)#.*$");
  private static final int NAME_LENGTH = 32;

  Requirements {
    lines = List.copyOf(lines);
  }

  static Requirements of(Path plugin) throws IOException {
    var lines = new ArrayList<String>();
    var file = fileBeside(plugin);
    if (Files.isRegularFile(file)) {
      linesOf(file).forEach(lines::add);
    }
    linesOf(plugin)
        .map(COMMENT::matcher)
        .filter(comment -> comment.find())
        .map(comment -> comment.group(1))
        .forEach(lines::add);
    return new Requirements(
        lines.stream()
            .map(line -> REMARK.matcher(line).replaceFirst("").strip())
            .filter(line -> !line.isEmpty())
            .distinct()
            .toList());
  }

  static Path fileBeside(Path plugin) {
    var name = plugin.getFileName().toString();
    var suffix = new PluginFile(name, new byte[0]).suffix();
    return plugin.resolveSibling(
        name.substring(0, name.length() - suffix.length()) + ".requirements.txt");
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** A name for the set: the same whatever the order of its lines. */
  String nameFor(String pythonVersion) {
    // Where pip's own options are among the lines, their order may mean something.
    boolean inOrder = lines.stream().anyMatch(line -> line.startsWith("-"));
    var text =
        String.join("\n", inOrder ? lines : lines.stream().sorted().toList())
            + "\n"
            + pythonVersion;
    return Checksum.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_LENGTH);
  }

  /** For people, on one line. */
  @Override
  public String toString() {
    return String.join(", ", lines);
  }

  /** Bytes that are no UTF-8 are nobody's requirement; they must not stop the rest. */
  private static Stream<String> linesOf(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines();
  }
}

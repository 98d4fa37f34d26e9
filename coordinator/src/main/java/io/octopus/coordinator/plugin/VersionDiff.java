package io.octopus.coordinator.plugin;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import io.octopus.plugin.archive.PluginFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares two versions of a plugin, line by line, in the form that {@code diff -u} has. */
public final class VersionDiff {

  /** What a comparison comes to. */
  public sealed interface Result {}

  /** The differences; empty when there are none. */
  public record Text(String text) implements Result {}

  /** It cannot be told in lines. */
  public record NoText(String why) implements Result {}

  /**
   * One of the two.
   *
   * @param label what the version is called
   */
  public record Side(String label, PluginFile file) {}

  private static final int CONTEXT = 3;
  private static final int MOST_LINES = 20_000;

  private VersionDiff() {}

  /** Compares the files, and the requirements beside them. */
  public static Result of(Side from, Side to) {
    Optional<List<String>> before = lines(from.file().content());
    Optional<List<String>> after = lines(to.file().content());
    if (before.isEmpty() || after.isEmpty()) {
      String binary = (before.isEmpty() ? from : to).file().fileName();
      return new NoText(binary + " is not UTF-8 text: download both contents to compare them");
    }
    if (before.get().size() + after.get().size() > MOST_LINES) {
      return new NoText("together they have more than " + MOST_LINES + " lines");
    }
    List<String> lines =
        new ArrayList<>(
            unified(
                from.file().fileName() + " " + from.label(),
                to.file().fileName() + " " + to.label(),
                before.get(),
                after.get()));
    lines.addAll(
        unified(
            PluginFile.requirementsFileOf(from.file().fileName()) + " " + from.label(),
            PluginFile.requirementsFileOf(to.file().fileName()) + " " + to.label(),
            lines(from.file().requirements()).orElse(List.of()),
            lines(to.file().requirements()).orElse(List.of())));
    return new Text(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }

  private static List<String> unified(
      String fromName, String toName, List<String> before, List<String> after) {
    var patch = new Patch<String>();
    List<AbstractDelta<String>> deltas =
        DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<>()).getDeltas();
    for (int i = 0; i < deltas.size(); i++) {
      AbstractDelta<String> delta = deltas.get(i);
      while (i + 1 < deltas.size() && touch(delta, deltas.get(i + 1))) {
        i++;
        delta = joined(delta, deltas.get(i));
      }
      patch.addDelta(delta);
    }
    return UnifiedDiffUtils.generateUnifiedDiff(fromName, toName, before, patch, CONTEXT).stream()
        .map(line -> line.startsWith("@@ ") ? ofNothing(line, before, after) : line)
        .toList();
  }

  /** What is removed and what comes in its place are found one by one, in any order. */
  private static boolean touch(AbstractDelta<String> first, AbstractDelta<String> second) {
    return end(first.getSource()) == second.getSource().getPosition()
        && end(first.getTarget()) == second.getTarget().getPosition();
  }

  private static int end(Chunk<String> chunk) {
    return chunk.getPosition() + chunk.size();
  }

  private static AbstractDelta<String> joined(
      AbstractDelta<String> first, AbstractDelta<String> second) {
    return new ChangeDelta<>(
        joined(first.getSource(), second.getSource()),
        joined(first.getTarget(), second.getTarget()));
  }

  private static Chunk<String> joined(Chunk<String> first, Chunk<String> second) {
    List<String> lines = new ArrayList<>(first.getLines());
    lines.addAll(second.getLines());
    return new Chunk<>(first.getPosition(), lines);
  }

  /** An empty file has no first line where something could be. */
  private static String ofNothing(String hunk, List<String> before, List<String> after) {
    String from = before.isEmpty() ? hunk.replace("-1,0", "-0,0") : hunk;
    return after.isEmpty() ? from.replace("+1,0", "+0,0") : from;
  }

  /** Empty when it is no text. A last line that does not end is marked as {@code diff} marks it. */
  private static Optional<List<String>> lines(byte[] content) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException otherBytes) {
      return Optional.empty();
    }
    if (text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    String last = lines.remove(lines.size() - 1);
    if (!last.isEmpty()) {
      lines.add(last + "\n\\ No newline at end of file");
    }
    return Optional.of(lines);
  }
}

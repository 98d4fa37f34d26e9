package io.octopus.coordinator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Cuts text by bytes of UTF-8 without cutting a character. */
final class Utf8 {

  private Utf8() {}

  /**
   * The whole characters within a range of bytes, and at least one if there is any after its start.
   *
   * @param from rounded up to a character's start
   */
  static Slice slice(String text, long from, long length) {
    byte[] bytes = text.getBytes(UTF_8);
    int start = (int) Math.min(Math.max(0, from), bytes.length);
    while (start < bytes.length && isInsideCharacter(bytes[start])) {
      start++;
    }
    int end = (int) Math.min(start + length, bytes.length);
    while (end > start && end < bytes.length && isInsideCharacter(bytes[end])) {
      end--;
    }
    if (end == start && length > 0) {
      end = Math.min(end + 1, bytes.length);
      while (end < bytes.length && isInsideCharacter(bytes[end])) {
        end++;
      }
    }
    return new Slice(new String(bytes, start, end - start, UTF_8), end);
  }

  private static boolean isInsideCharacter(byte value) {
    return (value & 0b1100_0000) == 0b1000_0000;
  }

  /** The last lines of a text; the end of the text ends its last line. */
  static String lastLines(String text, int lines) {
    int from = text.length();
    if (text.endsWith("\n")) {
      from--;
    }
    for (int line = 0; line < lines; line++) {
      from = text.lastIndexOf('\n', from - 1);
      if (from < 0) {
        return lines > 0 ? text : "";
      }
    }
    return lines > 0 ? text.substring(from + 1) : "";
  }

  /**
   * A part of a text.
   *
   * @param end where it ends, in bytes from the text's start
   */
  record Slice(String text, long end) {}
}

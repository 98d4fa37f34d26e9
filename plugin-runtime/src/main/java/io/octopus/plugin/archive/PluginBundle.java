package io.octopus.plugin.archive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A plugin's file and its requirements as one content: a mark, the length of the requirements in
 * four bytes, the requirements, the file. The same two always make the same bytes, so that their
 * hash names both.
 */
public final class PluginBundle {

  /** No file of a plugin begins like this: it is in no language that there is. */
  private static final byte[] MARK =
      "\0octopus plugin with requirements, 1\n".getBytes(StandardCharsets.US_ASCII);

  private PluginBundle() {}

  /** Whether a content is more than the file itself. */
  public static boolean isBundle(byte[] stored) {
    return stored.length >= MARK.length + Integer.BYTES
        && Arrays.equals(stored, 0, MARK.length, MARK, 0, MARK.length);
  }

  static byte[] pack(byte[] content, byte[] requirements) {
    return ByteBuffer.allocate(MARK.length + Integer.BYTES + requirements.length + content.length)
        .put(MARK)
        .putInt(requirements.length)
        .put(requirements)
        .put(content)
        .array();
  }

  static PluginFile unpack(String fileName, byte[] stored) {
    if (!isBundle(stored)) {
      return new PluginFile(fileName, stored);
    }
    int length = ByteBuffer.wrap(stored, MARK.length, Integer.BYTES).getInt();
    int start = MARK.length + Integer.BYTES;
    if (length < 0 || length > stored.length - start) {
      throw new IllegalArgumentException("a bundle of " + fileName + " says a wrong length");
    }
    return new PluginFile(
        fileName,
        Arrays.copyOfRange(stored, start + length, stored.length),
        Arrays.copyOfRange(stored, start, start + length));
  }
}

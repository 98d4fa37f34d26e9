package io.octopus.plugin.host;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads and writes what goes over the pipes: a byte of kind, four of length, the content. */
public final class Frames {

  private static final int HEAD = 5;

  private Frames() {}

  /** Compared by nobody. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Frame(char kind, byte[] content) {}

  /** The next frame; empty when the other side is gone, in the middle of a frame or not. */
  public static Optional<Frame> read(InputStream in, long longest) throws IOException {
    var data = new DataInputStream(in);
    try {
      int kind = data.read();
      if (kind < 0) {
        return Optional.empty();
      }
      int length = data.readInt();
      if (length < 0 || length > longest) {
        throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes");
      }
      var content = new byte[length];
      data.readFully(content);
      return Optional.of(new Frame((char) kind, content));
    } catch (EOFException torn) {
      return Optional.empty();
    }
  }

  public static void write(OutputStream out, char kind, byte[] content) throws IOException {
    out.write(
        ByteBuffer.allocate(HEAD + content.length)
            .put((byte) kind)
            .putInt(content.length)
            .put(content)
            .array());
    out.flush();
  }
}

package io.octopus.plugin.run;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Makes text of a stream's bytes, piece by piece: UTF-8, every line end a {@code \n}, and what is
 * no text (broken sequences, control characters) U+FFFD. Tabs and escape sequences stay.
 */
final class OutputText {

  private static final char REPLACEMENT = '\uFFFD';
  private static final int LONGEST_SEQUENCE = 4;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] rest = new byte[0];
  private boolean afterReturn;

  /** The text of these bytes; a character that they begin but do not end comes with the next. */
  String add(byte[] bytes) {
    return decode(bytes, false);
  }

  /** What is left of a character that never ended. */
  String end() {
    var text = decode(new byte[0], true);
    decoder.reset();
    return text;
  }

  private String decode(byte[] bytes, boolean last) {
    var in = ByteBuffer.allocate(rest.length + bytes.length).put(rest).put(bytes).flip();
    var out = CharBuffer.allocate(in.remaining() + LONGEST_SEQUENCE);
    decoder.decode(in, out, last);
    rest = new byte[in.remaining()];
    in.get(rest);
    return normalised(out.flip());
  }

  private String normalised(CharBuffer text) {
    var normal = new StringBuilder(text.length());
    while (text.hasRemaining()) {
      char c = text.get();
      if (c == '\n' && afterReturn) {
        afterReturn = false;
        continue;
      }
      afterReturn = c == '\r';
      if (c == '\r') {
        normal.append('\n');
      } else if (c < ' ' && c != '\n' && c != '\t' && c != '\u001b') {
        normal.append(REPLACEMENT);
      } else {
        normal.append(c);
      }
    }
    return normal.toString();
  }
}

package io.octopus.plugin.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** The one way to the worker: whole frames only, from any thread. */
final class FrameChannel implements HostOutput {

  private static final int LARGEST_PIECE = 32 * 1024;

  private final OutputStream out;
  private final ObjectMapper json;

  FrameChannel(OutputStream out, ObjectMapper json) {
    this.out = out;
    this.json = json;
  }

  synchronized void send(char kind, byte[] content) {
    try {
      Frames.write(out, kind, content);
    } catch (IOException workerIsGone) {
      // Whoever watches for it ends this process; nobody reads what else is said.
    }
  }

  @Override
  public void log(String level, String text) {
    sendJson('L', Map.of("level", level, "text", text));
  }

  @Override
  public void progress(double fraction, String message) {
    sendJson('P', Map.of("fraction", fraction, "message", String.valueOf(message)));
  }

  private void sendJson(char kind, Map<String, Object> content) {
    try {
      send(kind, json.writeValueAsBytes(content));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A stream whose bytes become frames of a kind. */
  OutputStream stream(char kind) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        send(kind, new byte[] {(byte) b});
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        for (int start = offset; start < offset + length; start += LARGEST_PIECE) {
          int end = Math.min(offset + length, start + LARGEST_PIECE);
          send(kind, java.util.Arrays.copyOfRange(bytes, start, end));
        }
      }
    };
  }
}

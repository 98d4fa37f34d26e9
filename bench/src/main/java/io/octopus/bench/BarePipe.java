package io.octopus.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sends a request of usual length to a Python process that sends it back: no plugin, no working
 * directory, no time limit, no output. What is slower than this is the runtime's own work.
 */
final class BarePipe implements Contestant {

  private static final String ECHO =
      """
      import os, struct
      def exactly(n):
          data = b""
          while len(data) < n:
              piece = os.read(0, n - len(data))
              if not piece:
                  raise SystemExit
              data += piece
          return data
      while True:
          head = exactly(5)
          body = exactly(struct.unpack(">I", head[1:])[0])
          os.write(1, head + body)
      """;
  private static final int USUAL_LENGTH = 600;

  private final List<Process> processes = new ArrayList<>();
  private final byte[] frame =
      ByteBuffer.allocate(5 + USUAL_LENGTH).put((byte) 'X').putInt(USUAL_LENGTH).array();

  BarePipe(Path python, int lanes) throws IOException {
    for (int lane = 0; lane < lanes; lane++) {
      processes.add(new ProcessBuilder(python.toString(), "-c", ECHO).start());
    }
  }

  @Override
  public String title() {
    return "bare pipe round trip";
  }

  @Override
  public int lanes() {
    return processes.size();
  }

  @Override
  public void once(int lane) throws IOException {
    var out = processes.get(lane).getOutputStream();
    out.write(frame);
    out.flush();
    var back = new byte[frame.length];
    new DataInputStream(processes.get(lane).getInputStream()).readFully(back);
    if (!Arrays.equals(back, frame)) {
      throw new IOException("something else came back");
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}

package io.octopus.worker.execution;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.work.OutputChunk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How the output of an attempt is written to its file: whose it is, then one record per piece, each
 * behind its length. The pieces in the file are the pieces that are sent, however often.
 */
final class OutputRecords {

  /** Pieces read from a file, and where the next one begins. */
  record Pieces(List<OutputChunk> chunks, long next) {}

  /** Larger than the largest record, so that every read makes progress. */
  private static final int READ_AT_ONCE = 128 * 1024;

  private OutputRecords() {}

  static byte[] head(AttemptId attempt) {
    return frame(
        out -> {
          out.writeUTF(attempt.execution().value());
          out.writeInt(attempt.number());
        });
  }

  static byte[] piece(OutputChunk chunk) {
    return frame(
        out -> {
          var level = chunk.level();
          out.writeLong(chunk.offset());
          out.writeUTF(chunk.stream());
          out.writeUTF(level == null ? "" : level);
          out.writeUTF(chunk.at().toString());
          out.write(chunk.text().getBytes(StandardCharsets.UTF_8));
        });
  }

  static AttemptId readHead(FileChannel file) throws IOException {
    var bytes = read(file, 0, READ_AT_ONCE);
    if (bytes.remaining() < Integer.BYTES) {
      throw new IOException("no head");
    }
    var length = bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new IOException("no whole head");
    }
    var in = data(bytes, length);
    return new AttemptId(new ExecutionId(in.readUTF()), in.readInt());
  }

  /** Reads pieces from {@code position} on, at most {@code bytes} of them but at least one. */
  static Pieces read(FileChannel file, long position, long end) throws IOException {
    var bytes = read(file, position, (int) Math.min(READ_AT_ONCE, end - position));
    var chunks = new ArrayList<OutputChunk>();
    var next = position;
    while (bytes.remaining() > Integer.BYTES) {
      var length = bytes.getInt();
      if (length > bytes.remaining()) {
        break;
      }
      if (next > 0) {
        chunks.add(chunk(data(bytes, length)));
      }
      bytes.position(bytes.position() + length);
      next += Integer.BYTES + length;
    }
    return new Pieces(chunks, next);
  }

  /** The number of bytes of a text as it is counted in offsets. */
  static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static OutputChunk chunk(DataInputStream in) throws IOException {
    var offset = in.readLong();
    var stream = in.readUTF();
    var level = in.readUTF();
    var at = Instant.parse(in.readUTF());
    var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    return new OutputChunk(offset, stream, level.isEmpty() ? null : level, at, text);
  }

  private static DataInputStream data(ByteBuffer bytes, int length) {
    var record = new byte[length];
    bytes.get(bytes.position(), record);
    return new DataInputStream(new ByteArrayInputStream(record));
  }

  private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
    var buffer = ByteBuffer.allocate(length);
    var at = position;
    while (buffer.hasRemaining()) {
      var read = file.read(buffer, at);
      if (read < 0) {
        break;
      }
      at += read;
    }
    return buffer.flip();
  }

  /** Writes fields to memory, which cannot fail. */
  @FunctionalInterface
  private interface Fields {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static byte[] frame(Fields fields) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(0);
      fields.writeTo(out);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written", e);
    }
    var frame = bytes.toByteArray();
    ByteBuffer.wrap(frame).putInt(0, frame.length - Integer.BYTES);
    return frame;
  }
}

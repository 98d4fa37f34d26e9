package io.octopus.worker.execution;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes files so that they are still there when the machine has lost its power. */
final class Durable {

  private static final Logger LOG = LoggerFactory.getLogger(Durable.class);

  private Durable() {}

  static void write(Path file, byte[] bytes) throws IOException {
    try (var out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
    syncFolderOf(file);
  }

  /** Makes a new name in its folder as durable as what it names; not every system can. */
  static void syncFolderOf(Path named) {
    var folder = named.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.debug("Cannot fsync the folder {}: {}", folder, e.toString());
    }
  }
}

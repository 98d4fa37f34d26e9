package io.octopus.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a node's data folder and logs, and says the first lines in them. */
final class NodeConsole {
  private final Logger log;

  private NodeConsole(Logger log) {
    this.log = log;
  }

  /**
   * Creates the folder, for its owner only, and points the logs into it.
   *
   * <p>Nothing may have touched a logger before: logback.xml reads these properties once.
   */
  static NodeConsole open(Path data, String logFile, String logLevel) {
    createPrivate(data.resolve("logs"));
    System.setProperty("octopus.log-file", data.resolve("logs").resolve(logFile).toString());
    System.setProperty("octopus.log-level", logLevel);
    return new NodeConsole(LoggerFactory.getLogger("io.octopus.Octopus"));
  }

  void introduce(String what, String addresses, Path data, List<String> warnings) {
    log.info(
        "Octopus {} {}: {} (process {}, Java {})",
        Version.number(),
        what,
        addresses,
        ProcessHandle.current().pid(),
        Runtime.version());
    log.info("Data folder {}", data);
    warnings.forEach(log::warn);
  }

  private static void createPrivate(Path folder) {
    try {
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectories(folder);
      }
      if (!Files.isWritable(folder)) {
        throw new IOException("not writable");
      }
    } catch (IOException e) {
      throw new DataFolderException(folder, e);
    }
  }
}

package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the plugin processes of a worker that was killed, and removes its working directories.
 *
 * <p>Python processes notice themselves that their worker is gone; this is for those that could not
 * (stuck in C code, stopped), and for scripts.
 */
final class OrphanReaper {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanReaper.class);

  private OrphanReaper() {}

  /** Cleans up after sessions whose process is gone; says how many processes had to be killed. */
  static int reap(Path workDirectory) throws IOException {
    if (!Files.isDirectory(workDirectory)) {
      return 0;
    }
    int killed = 0;
    try (var sessions = Files.newDirectoryStream(workDirectory)) {
      for (var session : sessions) {
        if (WorkFolders.isOfDeadOwner(session.getFileName().toString())) {
          killed += reapSession(session);
        }
      }
    } catch (DirectoryIteratorException problem) {
      throw problem.getCause();
    }
    return killed;
  }

  private static int reapSession(Path session) throws IOException {
    int killed = 0;
    try (var records = Files.newDirectoryStream(session, "*" + WorkFolders.RECORD)) {
      for (var record : records) {
        killed += reapProcess(record);
      }
    }
    try {
      FolderRemoval.remove(session);
    } catch (IOException problem) {
      LOG.warn("Cannot remove {}: {}", session, problem.toString());
    }
    return killed;
  }

  private static int reapProcess(Path record) {
    try {
      var process = WorkFolders.read(record);
      var folder = WorkFolders.folderOf(record);
      if (WorkFolders.isAlive(process.pid(), process.started())) {
        var root = ProcessHandle.of(process.pid());
        if (root.isPresent()) {
          return ProcessTree.ofOrphan(root.get(), process.marks(), folder).kill();
        }
      }
      int killed = 0;
      for (var marked : LinuxProcesses.marked(process.marks(), folder)) {
        killed += ProcessTree.ofOrphan(marked, process.marks(), folder).kill();
      }
      return killed;
    } catch (IOException unreadable) {
      // Written in the very moment of the worker's death: that process has noticed by itself.
      LOG.warn("Cannot read {}: {}", record, unreadable.toString());
      return 0;
    }
  }
}

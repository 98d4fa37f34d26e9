package io.octopus.plugin.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The working directories of one runner's attempts, and the records of their processes.
 *
 * <p>All lie in one session folder that is named after this JVM: a later process knows by the name
 * whether the owner still lives, and by the records what to end when it does not.
 */
final class WorkFolders implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkFolders.class);
  private static final AtomicLong SESSIONS = new AtomicLong();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SESSION = Pattern.compile("(\\d+)-(\\d+)-\\d+");
  private static final long SAME_START_MILLIS = 1500;
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final long NO_PROCESS = -1;
  static final String RECORD = ".process.json";

  private final Path session;
  private final AtomicLong number = new AtomicLong();

  /** A process as its record says: pids are used again, so the start time belongs to it. */
  record ProcessRecord(long pid, long started, Map<String, String> marks) {}

  private WorkFolders(Path session) {
    this.session = session;
  }

  static WorkFolders create(Path workDirectory) throws IOException {
    Files.createDirectories(workDirectory);
    var owner = ProcessHandle.current();
    var name = owner.pid() + "-" + startOf(owner) + "-" + SESSIONS.incrementAndGet();
    return new WorkFolders(Files.createDirectory(workDirectory.resolve(name), ownerOnly()));
  }

  Path session() {
    return session;
  }

  /** Makes an empty folder that only its owner may enter. */
  Path open() throws IOException {
    return Files.createDirectory(reserve(), ownerOnly());
  }

  /** A name in the session that nobody has used. */
  Path reserve() {
    return session.resolve(Long.toString(number.incrementAndGet()));
  }

  /** Puts the marks on record before there is a process: none can be missed. */
  void announce(Path folder, Map<String, String> marks) throws IOException {
    write(folder, new ProcessRecord(NO_PROCESS, 0, marks));
  }

  void record(Path folder, ProcessHandle process, Map<String, String> marks) throws IOException {
    write(folder, new ProcessRecord(process.pid(), startOf(process), marks));
  }

  private static void write(Path folder, ProcessRecord record) throws IOException {
    Files.write(recordOf(folder), JSON.writeValueAsBytes(record));
  }

  static ProcessRecord read(Path record) throws IOException {
    return JSON.readValue(Files.readAllBytes(record), ProcessRecord.class);
  }

  /** Whether a folder is as {@link #open} made it: empty, and its owner's alone. */
  boolean isClean(Path folder) {
    try {
      var names = folder.toFile().list();
      return names != null
          && names.length == 0
          && (!POSIX || Files.getPosixFilePermissions(folder).equals(OWNER_ONLY));
    } catch (IOException gone) {
      return false;
    }
  }

  void remove(Path folder) {
    try {
      FolderRemoval.remove(folder);
      Files.deleteIfExists(recordOf(folder));
    } catch (IOException problem) {
      LOG.warn("Cannot remove working directory {}: {}", folder, problem.toString());
    }
  }

  @Override
  public void close() {
    remove(session);
  }

  static Path folderOf(Path record) {
    var name = record.getFileName().toString();
    return record.resolveSibling(name.substring(0, name.length() - RECORD.length()));
  }

  private static Path recordOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + RECORD);
  }

  /** When a process was started, in milliseconds; 0 where the system does not tell. */
  static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }

  /** Whether a session of this name belongs to a process that is gone. */
  static boolean isOfDeadOwner(String session) {
    var name = SESSION.matcher(session);
    return name.matches() && !isAlive(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)));
  }

  static boolean isAlive(long pid, long started) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> Math.abs(startOf(process) - started) <= SAME_START_MILLIS)
        .isPresent();
  }

  private static FileAttribute<?>[] ownerOnly() {
    return POSIX
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }
}

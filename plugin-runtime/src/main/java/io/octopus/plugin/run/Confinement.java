package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds plugins to their limits by what this host offers: control groups, else the limits that
 * every process has, else nothing; and says which.
 */
final class Confinement implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);
  private static final Path SHELL = Path.of("/bin/sh");

  /** Enters the groups, then becomes the program: no argument is ever read as a command. */
  private static final String ENTER =
      "umask 077; while [ \"$1\" != -- ]; do echo 0 > \"$1\" || exit 126; shift; done; shift; exec"
          + " \"$@\"";

  private static final long MIB = 1024 * 1024;

  private final Limits limits;
  private final @Nullable UserAccount user;
  private final Optional<Cgroups> groups;
  private final Optional<Path> prlimit = tool("prlimit");

  /** How many processes and threads the plugins' user had when it all began. */
  private final long before;

  private Confinement(Limits limits, @Nullable UserAccount user, Optional<Cgroups> groups) {
    this.limits = limits;
    this.user = user;
    this.groups = groups;
    before = user == null && limits.processes() > 0 ? LinuxProcesses.countOwn() : 0;
  }

  /** Finds out what can be done; refuses another user if plugins could not run as that user. */
  static Confinement of(Limits limits, String session) throws IOException {
    return of(limits, Cgroups.open(CgroupMounts.ofThisProcess(), session));
  }

  static Confinement of(Limits limits, Optional<Cgroups> groups) throws IOException {
    return new Confinement(
        limits, limits.user().isEmpty() ? null : otherUser(limits.user()), groups);
  }

  /** Without limits, without groups. */
  static Confinement none() {
    return new Confinement(Limits.NONE, null, Optional.empty());
  }

  private static UserAccount otherUser(String name) throws IOException {
    if (tool("setpriv").isEmpty()) {
      throw new UserRefusedException("this host has no setpriv, which changes the user");
    }
    try {
      var user = UserAccount.of(name);
      if (!succeeds(become(user, List.of("true")))) {
        throw new UserRefusedException(
            "only root may run plugins as " + name + ", not " + System.getProperty("user.name"));
      }
      return user;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UserRefusedException("interrupted");
    }
  }

  /** Refuses a user who cannot read what plugins need. */
  void checkReads(Path file) throws IOException {
    if (user == null) {
      return;
    }
    try {
      if (!succeeds(become(user, List.of("test", "-r", file.toString())))) {
        throw new UserRefusedException("%s cannot read %s".formatted(user.name(), file));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UserRefusedException("interrupted");
    }
  }

  private static boolean succeeds(List<String> command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    return process.waitFor() == 0;
  }

  private static List<String> become(UserAccount user, List<String> command) {
    var line =
        new ArrayList<>(
            List.of(
                tool("setpriv").map(Path::toString).orElse("setpriv"),
                "--reuid=" + user.uid(),
                "--regid=" + user.gid(),
                "--clear-groups",
                "--"));
    line.addAll(command);
    return line;
  }

  /** A place of a process that is not held to anything. */
  static Cell noCell() {
    return none().new Cell(null);
  }

  /** Whether a program that is missing is noticed only after its process has started. */
  static boolean startsThroughShell() {
    return Files.isExecutable(SHELL);
  }

  /** A place for a process and its descendants. */
  Cell open(String name) throws IOException {
    return new Cell(groups.isPresent() ? groups.get().create(name, limits) : null);
  }

  /** Where one process and its descendants are kept. */
  final class Cell implements AutoCloseable {
    private final @Nullable Cgroup group;

    private Cell(@Nullable Cgroup group) {
      this.group = group;
    }

    /** The command that starts a program inside, within the limits and as the user. */
    List<String> command(List<String> program) {
      var line = new ArrayList<String>();
      if (startsThroughShell()) {
        line.addAll(List.of(SHELL.toString(), "-c", ENTER, "octopus"));
        if (group != null) {
          group.entrances().forEach(file -> line.add(file.toString()));
        }
        line.add("--");
      }
      var own = ownLimits();
      if (!own.isEmpty() && prlimit.isPresent()) {
        line.add(prlimit.get().toString());
        line.addAll(own);
        line.add("--");
      }
      line.addAll(user == null ? program : become(user, program));
      return line;
    }

    List<ProcessHandle> members() {
      return group == null ? List.of() : List.copyOf(group.members());
    }

    void killAtOnce() {
      if (group != null) {
        group.killAtOnce();
      }
    }

    boolean ranOutOfMemory() {
      return group != null && group.ranOutOfMemory();
    }

    @Override
    public void close() {
      if (group != null) {
        group.close();
      }
    }
  }

  /** The limits that each process takes along, for those that no group has. */
  private List<String> ownLimits() {
    var own = new ArrayList<String>();
    if (limits.memoryBytes() > 0 && !byGroup(Cgroups.Kind.MEMORY)) {
      own.add("--as=" + limits.memoryBytes());
    }
    if (limits.processes() > 0 && !byGroup(Cgroups.Kind.PROCESSES)) {
      own.add("--nproc=" + (limits.processes() + before));
    }
    if (limits.openFiles() > 0) {
      own.add("--nofile=" + limits.openFiles());
    }
    return own;
  }

  private boolean byGroup(Cgroups.Kind kind) {
    return groups.isPresent() && groups.get().canLimit(kind);
  }

  /** Gives a folder to the user that plugins run as. */
  void own(Path path) throws IOException {
    if (user != null) {
      var names = path.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(path, names.lookupPrincipalByName(user.name()));
    }
  }

  /**
   * Lets the user that plugins run as read a file and list its folder, as Python does, and go to it
   * through the folders above.
   */
  void admit(Path file, int foldersAbove) throws IOException {
    if (user == null) {
      return;
    }
    grant(file, PosixFilePermission.OTHERS_READ);
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      grant(folder, PosixFilePermission.OTHERS_READ);
    }
    openWay(folder, foldersAbove);
  }

  /** Lets that user read and run all that is in a folder. */
  void admitAll(Path root, int foldersAbove) throws IOException {
    if (user == null) {
      return;
    }
    try (var all = Files.walk(root)) {
      for (var path : all.filter(found -> !Files.isSymbolicLink(found)).toList()) {
        grant(path, PosixFilePermission.OTHERS_READ);
        if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OWNER_EXECUTE)) {
          grant(path, PosixFilePermission.OTHERS_EXECUTE);
        }
      }
    }
    openWay(root.toAbsolutePath().getParent(), foldersAbove);
  }

  private static void openWay(@Nullable Path from, int folders) throws IOException {
    var folder = from;
    for (int n = 0; n < folders && folder != null; n++) {
      grant(folder, PosixFilePermission.OTHERS_EXECUTE);
      folder = folder.getParent();
    }
  }

  /** As {@link #admit}, for a file in a cache in the worker's folder. */
  void admitPlugin(Path file) {
    try {
      if (user != null && Files.exists(file)) {
        admit(file, 3);
      }
    } catch (IOException problem) {
      LOG.warn("{} may be closed to {}: {}", file, limits.user(), problem.toString());
    }
  }

  private static void grant(Path path, PosixFilePermission permission) throws IOException {
    var now = Files.getPosixFilePermissions(path);
    if (!now.contains(permission)) {
      var more = EnumSet.copyOf(now);
      more.add(permission);
      Files.setPosixFilePermissions(path, more);
    }
  }

  /** What a plugin's environment says of another user; empty for the worker's own. */
  Map<String, String> environment() {
    return user == null ? Map.of() : user.environment();
  }

  /** What is enforced here, in words for operators. */
  Map<String, String> words() {
    var words = new LinkedHashMap<String, String>();
    words.put(
        "memory",
        limits.memoryBytes() == 0
            ? "no limit"
            : byGroup(Cgroups.Kind.MEMORY)
                ? "cgroup: %d MiB".formatted(limits.memoryBytes() / MIB)
                : byProcess("%d MiB for each process".formatted(limits.memoryBytes() / MIB)));
    words.put("processes", processesWords());
    words.put(
        "open_files",
        limits.openFiles() == 0
            ? "no limit but the system's"
            : byProcess("%d for each process".formatted(limits.openFiles())));
    words.put("process_tree", treeWords());
    words.put("user", user == null ? System.getProperty("user.name", "") : user.name());
    return words;
  }

  private String processesWords() {
    if (limits.processes() == 0) {
      return "no limit";
    }
    if (byGroup(Cgroups.Kind.PROCESSES)) {
      return "cgroup: " + limits.processes();
    }
    if (user == null && "root".equals(System.getProperty("user.name"))) {
      return "not enforced: root is exempt without a cgroup";
    }
    return byProcess(
        before == 0
            ? "%d for the user".formatted(limits.processes())
            : "%d more than the %d the user had at the start"
                .formatted(limits.processes(), before));
  }

  private String byProcess(String words) {
    return prlimit.isPresent() ? "rlimit: " + words : "not enforced: no cgroup and no prlimit";
  }

  private String treeWords() {
    if (groups.isPresent()) {
      return "cgroup";
    }
    return LinuxProcesses.isHere() ? "marks in the environment" : "descendants only";
  }

  @Override
  public void close() {
    groups.ifPresent(Cgroups::close);
  }

  private static Optional<Path> tool(String name) {
    return Stream.of("/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/")
        .map(folder -> Path.of(folder + name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

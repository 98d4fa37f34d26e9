package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What plugins are held to, by which means, and how that is said. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "groups, limits and users are Linux's here")
class ConfinementTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void withoutLimitsNothingIsClaimed() throws IOException {
    try (var confinement = Confinement.of(Limits.NONE, Optional.empty())) {
      assertThat(confinement.words())
          .containsEntry("memory", "no limit")
          .containsEntry("processes", "no limit")
          .containsEntry("process_tree", "marks in the environment");
    }
  }

  @Test
  void withoutGroupsTheLimitsOfProcessesServe() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "This host has no prlimit");
    try (var confinement = Confinement.of(new Limits(512L << 20, 0, 128, ""), Optional.empty())) {
      var command = confinement.open("1").command(List.of("true"));

      assertThat(confinement.words())
          .containsEntry("memory", "rlimit: 512 MiB for each process")
          .containsEntry("open_files", "rlimit: 128 for each process");
      assertThat(command).contains("--as=536870912", "--nofile=128").endsWith("true");
    }
  }

  @Test
  void unknownUserIsRefused() {
    assertThatThrownBy(() -> Confinement.of(new Limits(0, 0, 0, "no-such-user"), Optional.empty()))
        .isInstanceOf(UserRefusedException.class)
        .hasMessageContaining("no user no-such-user");
  }

  @Test
  void anotherUserIsForRootOnly() throws IOException {
    assumeTrue(!"root".equals(System.getProperty("user.name")), "root may");

    assertThatThrownBy(() -> Confinement.of(new Limits(0, 0, 0, "nobody"), Optional.empty()))
        .isInstanceOf(UserRefusedException.class)
        .hasMessageContaining("only root");
  }

  @Test
  void scriptsRunAsTheOtherUserInAFolderOfTheirOwn() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may");
    try (var bench = new Workbench(new Limits(0, 0, 0, "nobody"))) {
      var call =
          bench.call(
              bench.plugin("tool.sh", "id -un; echo \"$USER\"; mkdir output; pwd >output/x\n"));

      call.completed();

      assertThat(call.output.text()).startsWith("nobody\nnobody\n");
      assertThat(call.output.artefacts()).startsWith("x ");
      assertThat(bench.runner.limits()).containsEntry("user", "nobody");
    }
  }

  /** A worker's umask keeps everybody out. */
  @Test
  void theOtherUserMayReadWhatItNeeds() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may");
    var closed = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    var data = Files.createDirectory(folder.resolve("data"), closed);
    var host = Files.createDirectory(data.resolve("host"), closed);
    var file = Files.createFile(host.resolve("host.py"), closed);
    var packages = Files.createDirectory(data.resolve("packages"), closed);
    var program = Files.createFile(packages.resolve("python"), closed);

    try (var confinement = Confinement.of(new Limits(0, 0, 0, "nobody"), Optional.empty())) {
      confinement.admit(file, 2);
      confinement.admitAll(packages, 1);
    }

    assertThat(permissions(file)).isEqualTo("rwx---r--");
    assertThat(permissions(host)).isEqualTo("rwx---r-x");
    assertThat(permissions(data)).isEqualTo("rwx-----x");
    assertThat(permissions(packages)).isEqualTo("rwx---r-x");
    assertThat(permissions(program)).isEqualTo("rwx---r-x");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void usersAreReadAsTheSystemWritesThem() throws IOException {
    assertThat(UserAccount.parse("ada:x:1001:1002:Ada,,,:/home/ada:/bin/sh"))
        .isEqualTo(new UserAccount("ada", 1001, 1002, "/home/ada"));
    assertThatThrownBy(() -> UserAccount.parse("ada")).isInstanceOf(IOException.class);
  }

  @Test
  void ownGroupIsFoundInBothVersionsOfTheInterface() throws IOException {
    group("unified", "cgroup.controllers", "memory pids");
    group("unified/app", "cgroup.controllers", "memory pids");
    group("memory/old", "tasks", "");
    var own = Files.writeString(folder.resolve("own"), "4:cpu,memory:/old\n0::/app\n");

    assertThat(new CgroupMounts(folder, own, 1).places())
        .containsExactly(
            new CgroupMounts.Place(
                folder.resolve("memory/old"), false, List.of(Cgroups.Kind.MEMORY)),
            new CgroupMounts.Place(folder.resolve("unified/app"), true, List.of()));
  }

  @Test
  void controllersAreTakenWhereTheyAreDelegated() throws IOException {
    group("app", "cgroup.controllers", "memory pids");
    Files.writeString(folder.resolve("app/cgroup.subtree_control"), "memory pids");
    var session = Files.createDirectory(folder.resolve("app/octopus-1"));
    var own = Files.writeString(folder.resolve("own"), "0::/app\n");
    var mounts = new CgroupMounts(folder, own, 1);
    Files.createFile(session.resolve("cgroup.subtree_control"));

    assertThat(mounts.delegate(mounts.places().get(0), session))
        .containsExactly(Cgroups.Kind.MEMORY, Cgroups.Kind.PROCESSES);
  }

  private void group(String name, String file, String content) throws IOException {
    var group = Files.createDirectories(folder.resolve(name));
    Files.createFile(group.resolve("cgroup.procs"));
    Files.writeString(group.resolve(file), content);
  }
}

package io.octopus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir private Path folder;

  private final Shell shell = new Shell();

  @Test
  void versionSaysWhichOctopusAndWhichJava() {
    assertThat(shell.run("version")).isEqualTo(ExitCode.OK);
    assertThat(shell.out()).contains("Octopus ").contains("Java ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "coordinator",
        "worker",
        "rebuild",
        "version",
        "task",
        "execution",
        "client",
        "plugin"
      })
  void helpNamesEveryCommand(String command) {
    assertThat(shell.run("--help")).isEqualTo(ExitCode.OK);
    assertThat(shell.out()).contains(command);
  }

  @Test
  void anUnknownCommandIsWrongUsage() {
    assertThat(shell.run("coordinate")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).contains("coordinate").contains("octopus coordinator");
  }

  @Test
  void aBadFlagStopsACoordinatorWithItsNameAndValue() {
    assertThat(shell.run("coordinator", "--data", folder.toString(), "--port", "eighty"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(shell.err())
        .isEqualToIgnoringNewLines(
            "octopus: octopus.server.port = \"eighty\": must be a whole number from 0 to 65535 (--port)");
  }

  @Test
  void aBadLabelStopsAWorkerWithItsRule() {
    assertThat(shell.run("worker", "--data", folder.toString(), "--name", "ALL"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).contains("octopus.client.name = \"ALL\"").contains("(--name)");
  }

  @Test
  void anySettingCanBeAFlag() {
    assertThat(shell.run("worker", "--set", "task.timeout=soon")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).contains("octopus.task.timeout = \"soon\"").contains("(--set)");
  }

  @Test
  void aSettingNobodyKnowsIsNamed() {
    assertThat(shell.run("worker", "--set", "client.slot=3")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).contains("the nearest is octopus.client.slots");
  }

  @Test
  void theNetworkIsRefusedWithTheWayOut() {
    assertThat(shell.run("coordinator", "--host", "0.0.0.0")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).contains("octopus.server.insecure = true");
  }

  @Test
  void aMissingSettingsFileIsNamed() {
    assertThat(shell.run("worker", "--config", folder.resolve("none.conf").toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).contains("none.conf");
  }

  @Test
  void aTakenPortIsNamedBeforeAnythingStarts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      assertThat(shell.run("up", "--data", folder.toString(), "--port", port))
          .isEqualTo(ExitCode.FAILED);
      assertThat(shell.err())
          .contains("octopus.server.port = " + port)
          .contains("another program listens on 127.0.0.1:" + port);
    }
  }

  @Test
  void upRefusesANonsensicalNumberOfWorkers() {
    assertThat(shell.run("up", "--workers", "-1")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.run("up", "--workers", "many")).isEqualTo(ExitCode.USAGE);
  }
}

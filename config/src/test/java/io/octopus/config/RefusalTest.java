package io.octopus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server.port            | eighty         | whole number from 0 to 65535",
        "server.port            | 70000          | whole number from 0 to 65535",
        "server.port            | -1             | whole number from 0 to 65535",
        "server.host            | a b            | host name or an IP address",
        "server.insecure        | maybe          | true or false",
        "management.host        | 0.0.0.0        | loopback",
        "cluster.host           | 0.0.0.0        | address that other nodes reach",
        "cluster.seed-nodes     | 127.0.0.1      | host:port",
        "cluster.seed-nodes     | 127.0.0.1:0    | host:port",
        "cluster.seed-nodes     | a:1,,b:2       | empty item",
        "cluster.stable-after   | 10 parsecs     | duration",
        "cluster.stable-after   | 0s             | duration",
        "task.max-attempts      | 0              | whole number from 1",
        "task.max-attempts      | 1.5            | whole number from 1",
        "client.name            | ALL            | must not be ALL or Anyone",
        "client.name            | anyone         | must not be ALL or Anyone",
        "client.name            | ''             | 1 to 100 letters",
        "client.name            | a/b            | 1 to 100 letters",
        "client.labels          | os             | os=linux",
        "client.java-options    | Xmx1g          | flags such as -Xmx1g",
        "client.java-in-process | disk_check.jar | names of plugins, without suffix",
        "log-level              | LOUD           | one of TRACE, DEBUG",
        "store.url              | jdbc:oracle:x  | jdbc:sqlite: or jdbc:postgresql:",
        "result.max-size        | 8 elephants    | size",
        "result.max-size        | 2GiB           | size",
        "client.output-max-size | 1KiB           | 64KiB",
        "client.artefacts-max-size | 2GiB        | 1024MiB",
        "data-dir               | ''             | must not be empty"
      })
  void aBadValueIsNamedWithKeyValueRuleAndOrigin(String key, String value, String rule) {
    Settings settings = Settings.defaults().withFlag("--given", key, value);

    assertThatThrownBy(settings::coordinator)
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("octopus." + key + " = \"" + value + "\"")
        .hasMessageContaining(rule)
        .hasMessageEndingWith("(--given)");
  }

  @Test
  void aBadValueInAFileIsNamedWithItsLine() throws IOException {
    Path file = file("octopus {\n  server {\n    port = eighty\n  }\n}\n");

    assertThatThrownBy(Settings.defaults().withFile(file)::coordinator)
        .hasMessage(
            "octopus.server.port = \"eighty\": must be a whole number from 0 to 65535 (%s:3)"
                .formatted(file));
  }

  @Test
  void anUnknownKeyInAFileIsNamedWithTheNearestKnownOne() throws IOException {
    Path file = file("octopus.server.prot = 80\n");

    assertThatThrownBy(Settings.defaults().withFile(file)::coordinator)
        .hasMessage(
            "octopus.server.prot = 80: no such key, the nearest is octopus.server.port (%s:1)"
                .formatted(file));
  }

  @Test
  void aKeyOutsideTheKnownSectionsIsRefused() throws IOException {
    Path file = file("server.port = 80\n");

    assertThatThrownBy(Settings.defaults().withFile(file)::coordinator)
        .hasMessageContaining("server = {\"port\":80}: no such key");
  }

  @Test
  void aValueWhereASectionBelongsIsRefused() throws IOException {
    Path file = file("octopus.server = 5\n");

    assertThatThrownBy(Settings.defaults().withFile(file)::coordinator)
        .hasMessageContaining("octopus.server = 5: no such key");
  }

  @Test
  void aFileThatIsNotHoconIsNamedWithItsLine() throws IOException {
    Path file = file("octopus {\n  server { port = \n");

    assertThatThrownBy(Settings.defaults().withFile(file)::coordinator)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aFolderWithWheelsMustBeThere() {
    Settings settings = Settings.defaults().withFlag("--set", "client.wheels", "no-such-folder");

    assertThatThrownBy(settings::worker)
        .hasMessage(
            "octopus.client.wheels = \"no-such-folder\": must be a folder that is there (--set)");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(Settings.defaults().withFile(folder.resolve("none.conf"))::coordinator)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("none.conf");
  }

  @Test
  void anUnknownKeyOnTheCommandLineIsRefused() {
    assertThatThrownBy(() -> Settings.defaults().withFlag("--set", "server.prot", "80"))
        .hasMessage("server.prot = 80: no such key, the nearest is octopus.server.port (--set)");
  }

  @Test
  void aBadValueStopsTheStartOfEveryNode() {
    Settings settings = Settings.defaults().withEnvironment(Map.of("OCTOPUS_TASK_TIMEOUT", "soon"));

    assertThatThrownBy(settings::worker)
        .hasMessageContaining("octopus.task.timeout = \"soon\"")
        .hasMessageContaining("environment variable OCTOPUS_TASK_TIMEOUT");
    assertThat(Durations.read("PT5M")).hasMinutes(5);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("octopus-test.conf"), text);
  }
}

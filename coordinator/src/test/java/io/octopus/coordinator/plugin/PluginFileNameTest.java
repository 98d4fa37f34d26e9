package io.octopus.coordinator.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginFileNameTest {

  @Test
  void aFilesNameIsThePluginsWithASuffix() {
    assertThat(PluginFileName.parse("create_incident.py"))
        .hasValue(new PluginFileName("create_incident", ".py"));
    assertThat(PluginFileName.parse("Backup.PS1")).hasValue(new PluginFileName("Backup", ".PS1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello.requirements.txt",
        "README.md",
        "hello",
        "hello.py~",
        "hello.pyc",
        ".hello.py",
        ".hello.py.swp",
        "#hello.py#",
        "hello.py.tmp",
        "__init__.py",
        "__pycache__",
        ".py",
        "a b.py",
        "4913"
      })
  void whatElseLiesInAFolderIsNoPlugin(String fileName) {
    assertThat(PluginFileName.parse(fileName)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "a/b", "", ".", "..", "C:\\x", "a\nb", "_private"})
  void aNameThatIsAPathHasNoFiles(String plugin) {
    assertThat(PluginFileName.allOf(plugin)).isEmpty();
  }

  @Test
  void pythonGoesBeforeOtherLanguages() {
    assertThat(PluginFileName.allOf("hello").get(0)).hasToString("hello.py");
    assertThat(PluginFileName.allOf("hello")).isSorted();
  }
}

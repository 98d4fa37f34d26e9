package io.octopus.plugin.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octopus.plugin.archive.ParameterDescriptor.Kind;
import io.octopus.plugin.archive.PluginDescriptor.Problem;
import io.octopus.plugin.python.PythonInterpreter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be known of a plugin without running it. */
class PluginReaderTest {

  private final PluginReader reader = new PluginReader(new PythonInterpreter(Path.of("python3")));

  @Test
  void constantsDocstringsAndSignaturesBecomeTheDescriptor() throws Exception {
    var file =
        python(
            """
            '''Opens incidents.'''
            import os
            from os.path import join
            PLUGIN_NAME = "Incidents"
            PLUGIN_VERSION = "1.2"
            os.abort()

            async def main(severity: str, title: "str" = "none", *rest: int, urgent=False,
                           tags: list = [1, "a"], key, **more):
                '''Opens one.

                In words.'''

            def _hidden(): pass

            if os.name == "nt":
                def only_there(path=os.sep): pass

            double = lambda n: 2 * n
            again = double
            """);

    var plugin = reader.read(file);

    assertThat(plugin.name()).isEqualTo("sample");
    assertThat(plugin.title()).isEqualTo("Incidents");
    assertThat(plugin.version()).isEqualTo("1.2");
    assertThat(plugin.sha256()).isEqualTo(file.sha256());
    assertThat(plugin.description()).isEqualTo("Opens incidents.");
    assertThat(plugin.isBroken()).isFalse();
    assertThat(plugin.actions())
        .extracting(ActionDescriptor::name)
        .containsExactly("main", "only_there", "double", "again");
    assertThat(plugin.actions().get(0).description()).isEqualTo("Opens one.\n\nIn words.");
    assertThat(plugin.actions().get(0).parameters())
        .containsExactly(
            new ParameterDescriptor("severity", "str", null, true),
            new ParameterDescriptor("title", "'str'", "\"none\"", false),
            new ParameterDescriptor("*rest", "int", null, false),
            new ParameterDescriptor("urgent", null, "false", false, Kind.KEYWORD),
            new ParameterDescriptor("tags", "list", "[1, \"a\"]", false, Kind.KEYWORD),
            new ParameterDescriptor("key", null, null, true, Kind.KEYWORD),
            new ParameterDescriptor("**more", null, null, false));
    assertThat(plugin.actions().get(1).parameters())
        .containsExactly(new ParameterDescriptor("path", null, null, false));
  }

  @Test
  void syntaxErrorIsToldWithItsLine() throws Exception {
    var plugin = reader.read(python("x = 1\ndef main(:\n    pass\n"));

    assertThat(plugin.problem()).isEqualTo(new Problem(2, "invalid syntax"));
    assertThat(plugin.checked()).isTrue();
  }

  @Test
  void brokenBytesAreAProblemOfTheFile() throws Exception {
    var plugin =
        reader.read(new PluginFile("sample.py", new byte[] {'x', '=', (byte) 0xff, '\n', 0}));

    assertThat(plugin.isBroken()).isTrue();
  }

  @Test
  void severalFilesAreReadInTheirOrder() throws Exception {
    var files =
        List.of(
            python("def one(): pass"),
            new PluginFile(
                "tool.sh", "#!/bin/sh\n# Cleans up.\n\nls\n".getBytes(StandardCharsets.UTF_8)),
            python("def two(): pass"));

    var plugins = reader.readAll(files);

    assertThat(plugins)
        .extracting(plugin -> plugin.actions().get(0).name())
        .containsExactly("one", "main", "two");
    assertThat(plugins.get(1).description()).isEqualTo("Cleans up.");
    assertThat(plugins.get(1).language()).isEqualTo(Language.SCRIPT);
  }

  @Test
  void hostWithoutPythonAcceptsFilesUnchecked() throws Exception {
    var blind = new PluginReader(new PythonInterpreter(Path.of("no-such-python")));

    var plugin = blind.read(python("def main(:"));

    assertThat(plugin.checked()).isFalse();
    assertThat(plugin.isBroken()).isFalse();
    assertThat(plugin.mayHave("anything")).isTrue();
    assertThat(plugin.version()).hasSize(12);
  }

  @Test
  void runStandsInForMain() throws Exception {
    var plugin = reader.read(python("def run(): pass"));

    assertThat(plugin.mayHave("main")).isTrue();
    assertThat(plugin.mayHave("other")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello.py", "a.b-c.py", "7zip.sh", "tool", "_x.py"})
  void goodNames(String fileName) {
    assertThat(new PluginFile(fileName, new byte[0]).name()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x.py", ".hidden", "a b.py", "a/b.py", "ü.py", ""})
  void badNamesAreRefusedWithTheRule(String fileName) {
    assertThatThrownBy(() -> new PluginFile(fileName, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("letters, digits");
  }

  private static PluginFile python(String code) {
    return new PluginFile("sample.py", code.getBytes(StandardCharsets.UTF_8));
  }
}

package io.octopus.plugin.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What names a plugin's content, and what belongs to it. */
class PluginFileTest {

  private static final byte[] CODE = "def main(): pass\n".getBytes(UTF_8);

  @TempDir private Path folder;

  @Test
  void aFileWithoutRequirementsIsNamedByTheHashOfItsBytes() {
    var file = new PluginFile("hello.py", CODE);

    assertThat(file.stored()).isEqualTo(CODE);
    assertThat(file.sha256()).isEqualTo(Checksum.sha256(CODE));
  }

  @Test
  void requirementsArePartOfWhatTheHashNames() {
    var first = with("requests==2.32.0");

    assertThat(first.sha256())
        .isEqualTo(with("requests==2.32.0").sha256())
        .isNotEqualTo(with("requests==2.32.1").sha256())
        .isNotEqualTo(new PluginFile("hello.py", CODE).sha256())
        .isEqualTo(Checksum.sha256(first.stored()));
  }

  @Test
  void whereTheRequirementsEndIsPartOfItToo() {
    var one = new PluginFile("hello.py", "b".getBytes(UTF_8), "a\n".getBytes(UTF_8));
    var other = new PluginFile("hello.py", "\nb".getBytes(UTF_8), "a".getBytes(UTF_8));

    assertThat(one.sha256()).isNotEqualTo(other.sha256());
  }

  @Test
  void whatIsStoredIsTakenApartAgain() {
    var bundled = PluginFile.ofStored("hello.py", with("requests\n").stored());
    var plain = PluginFile.ofStored("hello.py", CODE);

    assertThat(bundled.content()).isEqualTo(CODE);
    assertThat(bundled.requirements()).isEqualTo("requests\n".getBytes(UTF_8));
    assertThat(plain.content()).isEqualTo(CODE);
    assertThat(plain.requirements()).isEmpty();
  }

  @Test
  void aBundleThatWasCutIsRefused() {
    var stored = with("requests").stored();
    var cut = Arrays.copyOf(stored, stored.length - CODE.length - 1);

    assertThatThrownBy(() -> PluginFile.ofStored("hello.py", cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hello.py says a wrong length");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n \n"})
  void blankRequirementsAreNone(String blank) {
    assertThat(with(blank).sha256()).isEqualTo(Checksum.sha256(CODE));
  }

  @Test
  void theRequirementsOfAFolderLieBesideThePlugin() throws IOException {
    Files.write(folder.resolve("hello.py"), CODE);
    Files.writeString(folder.resolve("hello.requirements.txt"), "requests>=2\n");
    Files.writeString(folder.resolve("tidy.sh"), "true\n");
    Files.writeString(folder.resolve("tidy.requirements.txt"), "requests>=2\n");

    assertThat(PluginFile.read(folder.resolve("hello.py")).requiredPackages())
        .containsExactly("requests>=2");
    assertThat(PluginFile.read(folder.resolve("tidy.sh")).requirements()).isEmpty();
  }

  @Test
  void packagesAreTheLinesOfTheRequirementsAndOfTheComments() {
    var commented =
        """
        # requires: requests>=2,<3
        #requires:  rich
        # this requires: nothing
        x = 1  # requires: not here
        """;
    var file = new PluginFile("hello.py", commented.getBytes(UTF_8));

    assertThat(file.requiredPackages()).containsExactly("requests>=2,<3", "rich");
    assertThat(
            new PluginFile(
                    "hello.py",
                    commented.getBytes(UTF_8),
                    "# pinned\r\n\r\n six==1.16.0 # old\r\nrich\n-r more.txt".getBytes(UTF_8))
                .requiredPackages())
        .containsExactly("six==1.16.0", "rich", "-r more.txt", "requests>=2,<3");
    assertThat(new PluginFile("hello.sh", commented.getBytes(UTF_8)).requiredPackages()).isEmpty();
  }

  private static PluginFile with(String requirements) {
    return new PluginFile("hello.py", CODE, requirements.getBytes(UTF_8));
  }
}

package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin needs is said beside it or in it, and has one name however it is said. */
class RequirementsTest {

  @TempDir Path folder;

  @Test
  void plainPluginNeedsNothing() throws IOException {
    assertThat(of("# requires nothing\ndef main(): pass\n").isEmpty()).isTrue();
  }

  @Test
  void commentsAndTheFileBesideCountTogether() throws IOException {
    Files.writeString(
        folder.resolve("sample.requirements.txt"),
        "\n# the web\nrequests>=2,<3   # see above\npkg @ https://host/p.whl#sha256=00\n");

    var needed = of("# requires: numpy\n#requires:  requests>=2,<3\n  # requires: not-this\n");

    assertThat(needed.lines())
        .containsExactly("requests>=2,<3", "pkg @ https://host/p.whl#sha256=00", "numpy");
  }

  @Test
  void orderDoesNotMatterUnlessThereAreOptions() {
    var one = new Requirements(List.of("a", "b"));
    var other = new Requirements(List.of("b", "a"));
    var withOption = new Requirements(List.of("--pre", "b", "a"));
    var otherOption = new Requirements(List.of("b", "--pre", "a"));

    assertThat(one.nameFor("3.11.7")).isEqualTo(other.nameFor("3.11.7")).hasSize(32);
    assertThat(one.nameFor("3.11.7")).isNotEqualTo(one.nameFor("3.12.0"));
    assertThat(withOption.nameFor("3.11.7")).isNotEqualTo(otherOption.nameFor("3.11.7"));
  }

  @Test
  void bytesThatAreNoTextDoNoHarm() throws IOException {
    var file = folder.resolve("sample.py");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, '\n', '#', 'r'});

    assertThat(Requirements.of(file).isEmpty()).isTrue();
  }

  private Requirements of(String code) throws IOException {
    return Requirements.of(Files.writeString(folder.resolve("sample.py"), code));
  }
}

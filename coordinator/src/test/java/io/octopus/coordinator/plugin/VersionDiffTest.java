package io.octopus.coordinator.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.plugin.archive.PluginFile;
import org.junit.jupiter.api.Test;

class VersionDiffTest {

  @Test
  void itIsWhatDiffPrints() {
    assertThat(diff(side(1, "a\nb\nc\n", ""), side(2, "a\nB\nc\n", "")))
        .isEqualTo(
            """
            --- hello.py version 1
            +++ hello.py version 2
            @@ -1,3 +1,3 @@
             a
            -b
            +B
             c
            """);
  }

  @Test
  void requirementsAreComparedToo() {
    assertThat(diff(side(1, "a\n", ""), side(2, "a\n", "six\n")))
        .isEqualTo(
            """
            --- hello.requirements.txt version 1
            +++ hello.requirements.txt version 2
            @@ -0,0 +1,1 @@
            +six
            """);
  }

  @Test
  void aLastLineThatDoesNotEndIsMarked() {
    assertThat(diff(side(1, "a\n", ""), side(2, "a", "")))
        .endsWith(
            """
            -a
            +a
            \\ No newline at end of file
            """);
  }

  @Test
  void whatIsTheSameHasNoDifferences() {
    assertThat(diff(side(1, "a\n", "six"), side(2, "a\n", "six"))).isEmpty();
    assertThat(diff(side(1, "", ""), side(2, "", ""))).isEmpty();
  }

  @Test
  void whatIsNoTextOrTooLongIsRefusedInWords() {
    var text = side(1, "a\n", "");

    assertThat(VersionDiff.of(text, side(2, "\0", "")))
        .isInstanceOfSatisfying(
            VersionDiff.NoText.class,
            refused -> assertThat(refused.why()).startsWith("hello.py is not UTF-8 text"));
    assertThat(VersionDiff.of(side(1, new byte[] {(byte) 0xff}), text))
        .isInstanceOf(VersionDiff.NoText.class);
    assertThat(VersionDiff.of(text, side(2, "\n".repeat(20_000), "")))
        .isInstanceOfSatisfying(
            VersionDiff.NoText.class,
            refused -> assertThat(refused.why()).contains("more than 20000 lines"));
  }

  private static String diff(VersionDiff.Side from, VersionDiff.Side to) {
    return ((VersionDiff.Text) VersionDiff.of(from, to)).text();
  }

  private static VersionDiff.Side side(int number, String content, String requirements) {
    return new VersionDiff.Side(
        "version " + number,
        new PluginFile("hello.py", content.getBytes(UTF_8), requirements.getBytes(UTF_8)));
  }

  private static VersionDiff.Side side(int number, byte[] content) {
    return new VersionDiff.Side("version " + number, new PluginFile("hello.py", content));
  }
}

package io.octopus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "90, PT90S", "1.5, PT1.5S", "500ms, PT0.5S", "90s, PT90S", "5m, PT5M", "5 minutes, PT5M",
    "2h, PT2H", "1d, PT24H", "2w, PT336H", "1y, PT8760H", "PT5M, PT5M", "P1D, PT24H"
  })
  void theApisSpellingsAreRead(String text, Duration expected) {
    assertThat(Durations.read(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "0", "1 fortnight", "PT", "PT-5M", "999999999999y"})
  void everythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Durations.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(Durations.RULE);
  }
}

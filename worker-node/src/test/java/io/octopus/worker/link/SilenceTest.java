package io.octopus.worker.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilenceTest {

  private final Silence silence = new Silence();

  @Test
  void sixSecondsWithoutAnAnswerAreBorne() {
    silence.tick(true, true);
    silence.broken();

    for (var second = 1; second <= 6; second++) {
      assertThat(silence.tick(true, true)).isEmpty();
    }
    assertThat(silence.tick(true, true)).contains("no coordinator answered for 6 s");
  }

  @Test
  void anAnswerStartsTheCountAnew() {
    for (var second = 1; second <= 100; second++) {
      assertThat(silence.tick(true, true)).isEmpty();
      silence.broken();
    }
  }

  @Test
  void whoHasNotJoinedKeepsTryingForHalfAMinute() {
    for (var second = 1; second <= 30; second++) {
      assertThat(silence.tick(false, false)).isEmpty();
    }
    assertThat(silence.tick(false, false)).isPresent();
  }

  @Test
  void aCoordinatorThatIsStillStartingHasFifteenSecondsAfterTheJoin() {
    for (var second = 1; second <= 29; second++) {
      silence.tick(false, false);
    }

    for (var second = 1; second <= 15; second++) {
      assertThat(silence.tick(true, false)).isEmpty();
    }
    assertThat(silence.tick(true, false)).isPresent();
  }
}

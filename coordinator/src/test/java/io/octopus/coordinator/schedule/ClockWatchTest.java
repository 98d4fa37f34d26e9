package io.octopus.coordinator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

  private Instant wall = Instant.parse("2026-11-23T10:00:00Z");
  private long nanos = Long.MAX_VALUE - 1;
  private final ClockWatch watch = new ClockWatch(() -> wall, () -> nanos);

  @Test
  void aClockThatGoesOnWasNotSet() {
    pass(Duration.ofHours(1));

    assertThat(watch.step()).isEmpty();
  }

  @Test
  void aStepIsToldOnce() {
    pass(Duration.ofSeconds(1));
    wall = wall.plusSeconds(600);

    assertThat(watch.step()).contains(Duration.ofMinutes(10));
    pass(Duration.ofSeconds(1));
    assertThat(watch.step()).isEmpty();
  }

  @Test
  void aStepBackIsNegative() {
    pass(Duration.ofSeconds(1));
    wall = wall.minusSeconds(300);

    assertThat(watch.step()).contains(Duration.ofMinutes(-5));
  }

  @Test
  void smallCorrectionsDoNotAddUp() {
    for (int i = 0; i < 10; i++) {
      pass(Duration.ofSeconds(1));
      wall = wall.plusSeconds(4);
      assertThat(watch.step()).isEmpty();
    }
  }

  private void pass(Duration duration) {
    wall = wall.plus(duration);
    nanos += duration.toNanos();
  }
}

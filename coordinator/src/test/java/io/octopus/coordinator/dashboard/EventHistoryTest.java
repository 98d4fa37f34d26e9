package io.octopus.coordinator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.http.EventStream.Event;
import org.junit.jupiter.api.Test;

class EventHistoryTest {
  private final EventHistory history = new EventHistory("e1");

  @Test
  void whatHappenedAfterAnEventIsRemembered() {
    Event first = history.add("task", "1");
    Event second = history.add("run", "2");
    Event third = history.add("task", "3");

    assertThat(history.after(first.id()))
        .hasValueSatisfying(missed -> assertThat(missed).containsExactly(second, third));
    assertThat(history.after(third.id()))
        .hasValueSatisfying(missed -> assertThat(missed).isEmpty());
    assertThat(history.lastId()).isEqualTo("e1-3");
  }

  @Test
  void onlyTheLatestThousandAreRemembered() {
    for (int i = 0; i < 1500; i++) {
      history.add("task", "x");
    }

    assertThat(history.after("e1-500"))
        .hasValueSatisfying(missed -> assertThat(missed).hasSize(1000));
    assertThat(history.after("e1-499")).isEmpty();
  }

  @Test
  void whatNobodyWroteDownCannotBeToldAgain() {
    Event first = history.add("task", "1");
    history.skip();
    Event later = history.add("task", "2");

    assertThat(history.after(first.id())).isEmpty();
    assertThat(history.after(later.id())).isPresent();
  }
}

package io.octopus.coordinator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.schedule.Alarms.Alarm;
import io.octopus.protocol.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlarmWindowTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Instant UNTIL = NOW.plus(AlarmWindow.AHEAD);

  private final AlarmWindow window = new AlarmWindow(NOW);

  @Test
  void alarmsAreTakenOutInOrderOnceTheyAreDue() {
    window.readOn(List.of(at(1, "a"), at(2, "b"), at(2, "c")), UNTIL);

    assertThat(window.takeDue(NOW)).isEmpty();
    assertThat(window.takeDue(NOW.plusSeconds(1))).contains(at(1, "a"));
    assertThat(window.takeDue(NOW.plusSeconds(1))).isEmpty();
    assertThat(window.takeDue(NOW.plusSeconds(9))).contains(at(2, "b"));
    assertThat(window.takeDue(NOW.plusSeconds(9))).contains(at(2, "c"));
    assertThat(window.earliest()).isEqualTo(Optional.empty());
  }

  @Test
  void whatIsToldBehindTheEndIsReadLater() {
    window.readOn(List.of(), UNTIL);

    window.tell(List.of(at(10, "inside"), at(11, "behind")));

    assertThat(window.has(at(10, "inside"))).isTrue();
    assertThat(window.has(at(11, "behind"))).isFalse();
  }

  @Test
  void aFullPageEndsTheWindowAtItsLastAlarm() {
    window.readOn(page(0, AlarmWindow.PAGE, 3), UNTIL);

    assertThat(window.end()).isEqualTo(at(3, "t01999").place());
    assertThat(window.mustReadOn(NOW)).isFalse();
    IntStream.range(0, AlarmWindow.PAGE).forEach(n -> window.takeDue(NOW.plusSeconds(3)));
    assertThat(window.mustReadOn(NOW)).isTrue();
  }

  @Test
  void itStaysBoundedWhateverIsTold() {
    window.readOn(List.of(), UNTIL);

    window.tell(page(0, 30_000, 5));
    window.tell(List.of(at(6, "later")));

    int taken = 0;
    while (window.takeDue(UNTIL).isPresent()) {
      taken++;
    }
    assertThat(taken).isEqualTo(10_000);
    assertThat(window.end()).isEqualTo(at(5, "t09999").place());
  }

  private static List<Alarm> page(int from, int to, int seconds) {
    return IntStream.range(from, to).mapToObj(n -> at(seconds, "t%05d".formatted(n))).toList();
  }

  private static Alarm at(int seconds, String task) {
    return new Alarm(NOW.plusSeconds(seconds), new TaskId(task));
  }
}

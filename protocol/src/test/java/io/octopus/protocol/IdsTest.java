package io.octopus.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IdsTest {

  @Test
  void runsAndExecutionsAreNumberedWithinTheirTask() {
    var execution = new TaskId("t-one").run(3).execution(7);

    assertThat(execution).hasToString("t-one-3-7");
    assertThat(execution.run()).isEqualTo(new RunId("t-one-3"));
    assertThat(execution.task()).isEqualTo(new TaskId("t-one"));
  }

  @Test
  void workerNamesAreComparedWithoutCase() {
    assertThat(new WorkerName("Desk-1")).isEqualTo(new WorkerName("desk-1"));
    assertThat(new WorkerName("Desk-1")).hasSameHashCodeAs(new WorkerName("desk-1"));
  }

  @Test
  void theOwnerKeywordsAreNobodysName() {
    assertThatThrownBy(() -> new WorkerName("all")).hasMessageContaining("all");
    assertThatThrownBy(() -> new WorkerName("Anyone")).hasMessageContaining("Anyone");
  }

  @Test
  void attemptsCountFromOne() {
    var execution = new TaskId("t").run(1).execution(1);

    assertThatThrownBy(() -> new AttemptId(execution, 0)).hasMessageContaining("0");
  }
}

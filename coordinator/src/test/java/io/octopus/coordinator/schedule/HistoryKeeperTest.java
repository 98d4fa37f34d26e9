package io.octopus.coordinator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.typed.DispatcherSelector;
import akka.testkit.ExplicitlyTriggeredScheduler;
import com.typesafe.config.ConfigFactory;
import io.octopus.coordinator.schedule.HistoryKeeper.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** It runs on the test's own thread: when a call returns, all it led to is done. */
class HistoryKeeperTest {

  private static final ActorTestKit TEST_KIT =
      ActorTestKit.create(
          ConfigFactory.parseString("akka.actor.provider = local")
              .withFallback(ManualTime.config())
              .withFallback(ConfigFactory.load()));
  private static final ExplicitlyTriggeredScheduler TIMERS =
      (ExplicitlyTriggeredScheduler) TEST_KIT.system().classicSystem().scheduler();

  private final Deque<CompletionStage<Progress>> answers = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void aPassGoesOnStepByStepWithPausesUntilItIsDone() {
    answer(Progress.LOOKED, Progress.TOOK_AWAY, Progress.TOOK_AWAY, Progress.ALL_DONE);
    keeper(Duration.ofHours(1));

    pass(Duration.ofMinutes(5));
    assertThat(done).containsExactly("pass", "step", "step");
    pass(Duration.ofMillis(50));
    assertThat(done).containsExactly("pass", "step", "step", "step");
    pass(Duration.ofMillis(50));
    pass(Duration.ofMinutes(59));
    assertThat(done).containsExactly("pass", "step", "step", "step", "step");
  }

  @Test
  void thereIsAnotherPassAfterAWhile() {
    answer(Progress.ALL_DONE, Progress.ALL_DONE);
    keeper(Duration.ofMinutes(2));

    pass(Duration.ofMinutes(2));
    pass(Duration.ofMinutes(2));

    assertThat(done).containsExactly("pass", "step", "pass", "step");
  }

  @Test
  void whatFailedIsTriedAgainWithTheNextPass() {
    answers.add(CompletableFuture.failedFuture(new IllegalStateException("locked")));
    answer(Progress.ALL_DONE);
    keeper(Duration.ofMinutes(2));

    pass(Duration.ofMinutes(2));
    pass(Duration.ofMinutes(2));

    assertThat(done).containsExactly("pass", "step", "pass", "step");
  }

  private void answer(Progress... progress) {
    for (Progress one : progress) {
      answers.add(CompletableFuture.completedFuture(one));
    }
  }

  private void keeper(Duration every) {
    TEST_KIT.spawn(
        HistoryKeeper.create(
            () -> {
              done.add("pass");
              return () -> {
                done.add("step");
                return answers.remove();
              };
            },
            every),
        DispatcherSelector.fromConfig("akka.test.calling-thread-dispatcher"));
  }

  private static void pass(Duration duration) {
    TIMERS.executeTasks(TIMERS.currentTimeMs() + duration.toMillis());
  }
}

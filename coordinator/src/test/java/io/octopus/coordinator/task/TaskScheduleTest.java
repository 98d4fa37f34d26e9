package io.octopus.coordinator.task;

import static io.octopus.coordinator.task.EntityKit.DESK;
import static io.octopus.coordinator.task.EntityKit.LAPTOP;
import static io.octopus.coordinator.task.EntityKit.NOON;
import static io.octopus.coordinator.task.EntityKit.TASK;
import static io.octopus.coordinator.task.EntityKit.between;
import static io.octopus.coordinator.task.EntityKit.definition;
import static io.octopus.coordinator.task.EntityKit.every;
import static io.octopus.coordinator.task.EntityKit.failed;
import static io.octopus.coordinator.task.EntityKit.with;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.octopus.coordinator.task.TaskCommand.Accepted;
import io.octopus.coordinator.task.TaskCommand.Refusal;
import io.octopus.coordinator.task.TaskCommand.Refused;
import io.octopus.coordinator.task.TaskCommand.RunAccepted;
import io.octopus.coordinator.task.TaskEvent.AttemptEnded;
import io.octopus.coordinator.task.TaskEvent.ExecutionEnded;
import io.octopus.coordinator.task.TaskEvent.RunEnded;
import io.octopus.coordinator.task.TaskEvent.RunStarted;
import io.octopus.coordinator.task.TaskEvent.RunsSkipped;
import io.octopus.protocol.ExecutionId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How a task fires by its schedule. */
class TaskScheduleTest {

  private static final ActorTestKit TEST_KIT = EntityKit.testKit();
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Owner ANYONE = new Owner.Anyone();

  private final EntityKit task = new EntityKit(TEST_KIT);

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void anIntervalFiresOneIntervalAfterItsCreationAndThenAgainAndAgain() {
    task.create(ANYONE, every(MINUTE));
    assertThat(task.live().shown())
        .isEqualTo(new Outlook(TaskStatus.Active, minutes(1), minutes(1)));

    for (int run = 1; run <= 3; run++) {
      task.pass(MINUTE);
      task.complete(TASK.run(run).execution(1), DESK);
    }

    assertThat(task.fired()).containsExactly(minutes(1), minutes(2), minutes(3));
    assertThat(task.last(RunStarted.class).trigger()).isEqualTo(RunTrigger.INTERVAL);
    assertThat(task.live().shown())
        .isEqualTo(new Outlook(TaskStatus.Active, minutes(4), minutes(4)));
  }

  @Test
  void itNeverFiresEarlyNorTwiceForOneTime() {
    task.create(ANYONE, every(MINUTE));

    task.pass(MINUTE.minusMillis(1));
    assertThat(task.fired()).isEmpty();
    task.pass(Duration.ofMillis(1));
    task.wake();
    task.moveTo(minutes(1).minusSeconds(30));
    task.wake();

    assertThat(task.fired()).containsExactly(minutes(1));
  }

  @Test
  void aCronExpressionFiresAtItsTimesOnly() {
    var cron = new Trigger.Cron("30 12 * * *", ZoneOffset.UTC);
    task.create(ANYONE, triggered(cron));

    task.moveTo(minutes(30));
    task.wake();

    assertThat(task.fired()).containsExactly(minutes(30));
    assertThat(task.last(RunStarted.class).trigger()).isEqualTo(RunTrigger.SCHEDULE);
    assertThat(task.live().shown().nextRunAt()).isEqualTo(minutes(30 + 24 * 60));
  }

  @Test
  void aFixedDelayCountsFromTheEndOfTheLastRun() {
    task.create(ANYONE, triggered(new Trigger.Interval(MINUTE, Trigger.IntervalMode.FIXED_DELAY)));
    task.pass(MINUTE);
    assertThat(task.live().shown()).isEqualTo(new Outlook(TaskStatus.Active, null, null));

    task.start(TASK.run(1).execution(1), DESK);
    task.pass(Duration.ofMinutes(5));
    task.report(TASK.run(1).execution(1), EntityKit.completed());

    assertThat(task.live().shown().nextRunAt()).isEqualTo(minutes(7));
    task.pass(MINUTE);
    assertThat(task.fired()).containsExactly(minutes(1), minutes(7));
  }

  @Test
  void afterItsLastTimeAndTheEndOfItsLastRunItIsCompleted() {
    task.create(ANYONE, between(every(MINUTE), null, minutes(2)));
    task.pass(MINUTE);
    task.complete(TASK.run(1).execution(1), DESK);
    assertThat(task.live().status()).isEqualTo(TaskStatus.Active);

    task.pass(MINUTE);
    assertThat(task.live().shown()).isEqualTo(new Outlook(TaskStatus.Active, null, null));
    task.complete(TASK.run(2).execution(1), DESK);

    assertThat(task.live().status()).isEqualTo(TaskStatus.Completed);
  }

  @Test
  void aManualRunBeforeTheOnlyTimeLeavesItToCome() {
    task.create(ANYONE, Schedule.once(minutes(10)));

    task.runNow();
    task.complete(TASK.run(1).execution(1), DESK);

    assertThat(task.live().shown())
        .isEqualTo(new Outlook(TaskStatus.Active, minutes(10), minutes(10)));
    task.pass(Duration.ofMinutes(10));
    assertThat(task.fired()).containsExactly(NOON, minutes(10));
  }

  @Test
  void aWaitingExecutionMakesRoomForTheNextFiring() {
    task.create(new Owner.Named(LAPTOP), every(MINUTE));
    task.pass(MINUTE);

    task.pass(MINUTE);

    assertThat(task.last(ExecutionEnded.class).reason()).isEqualTo("expired");
    assertThat(task.last(RunEnded.class).status()).isEqualTo(RunStatus.Failed);
    assertThat(task.fired()).containsExactly(minutes(1), minutes(2));
  }

  @Test
  void aRetryMayWaitThoughTheNextTimeHasCome() {
    task.create(ANYONE, every(SECOND));
    task.pass(SECOND);
    task.start(first(), DESK);
    task.pass(Duration.ofSeconds(3));
    task.report(first(), failed());

    task.pass(Duration.ofSeconds(11));

    assertThat(task.last(AttemptEnded.class).reason()).isEqualTo("retry_at");
    assertThat(task.start(first(), DESK)).isTrue();
  }

  @Nested
  class Missed {

    @Test
    void byDefaultOneFiringCatchesUpForEverything() {
      task.create(ANYONE, every(SECOND));

      task.pass(Duration.ofDays(1));

      assertThat(task.fired()).containsExactly(NOON.plus(Duration.ofDays(1)));
      var skipped = task.last(RunsSkipped.class);
      assertThat(skipped.reason()).isEqualTo("misfire");
      assertThat(skipped.fireTime()).isEqualTo(NOON.plusSeconds(1));
      assertThat(skipped.fireTimeUntil()).isEqualTo(NOON.plusSeconds(86_399));
      assertThat(skipped.count()).isEqualTo(86_399);
    }

    @Test
    void whatIsLateByLessThanAMinuteIsNotMissed() {
      task.create(ANYONE, with(every(Duration.ofHours(1)), MisfirePolicy.SKIP));

      task.pass(Duration.ofHours(1).plusSeconds(59));

      assertThat(task.fired()).containsExactly(minutes(60));
    }

    @Test
    void skippingRecordsAllOfThem() {
      task.create(ANYONE, with(every(Duration.ofHours(1)), MisfirePolicy.SKIP));

      task.pass(Duration.ofMinutes(150));

      assertThat(task.fired()).isEmpty();
      assertThat(task.last(RunsSkipped.class).count()).isEqualTo(2);
      assertThat(task.live().shown().nextRunAt()).isEqualTo(minutes(180));
    }

    @Test
    void firingAllRunsThemOneAfterAnotherWhateverOverlapSays() {
      task.create(ANYONE, with(every(MINUTE), MisfirePolicy.FIRE_ALL));

      task.pass(Duration.ofMinutes(3).plusSeconds(30));
      assertThat(task.fired()).containsExactly(minutes(1));
      assertThat(task.live().shown().wakeAt()).isNull();
      task.complete(TASK.run(1).execution(1), DESK);
      task.complete(TASK.run(2).execution(1), DESK);

      assertThat(task.fired()).containsExactly(minutes(1), minutes(2), minutes(3));
    }

    @Test
    void ofThemAtMostTheLatestHundredAreFired() {
      task.create(ANYONE, with(every(MINUTE), MisfirePolicy.FIRE_ALL));

      task.pass(Duration.ofMinutes(250));

      assertThat(task.fired()).containsExactly(minutes(151));
      assertThat(task.last(RunsSkipped.class).count()).isEqualTo(150);
    }

    @Test
    void aYearOfSecondsOfACronExpressionIsCountedInNoTime() {
      var cron = triggered(new Trigger.Cron("* * * * * *", ZoneOffset.UTC));
      task.create(ANYONE, between(cron, NOON.plusSeconds(1), null));

      task.pass(Duration.ofDays(365));

      assertThat(task.fired()).containsExactly(NOON.plus(Duration.ofDays(365)));
      assertThat(task.last(RunsSkipped.class).count()).isGreaterThanOrEqualTo(9_999);
    }

    @Test
    void aFiringOnAllWaitsForTheFleetAndKeepsItsTime() {
      task.settled(false);
      task.create(new Owner.All(), with(every(Duration.ofHours(1)), MisfirePolicy.SKIP));
      task.pass(Duration.ofHours(1));
      assertThat(task.fired()).isEmpty();

      task.settled(true);
      task.online(DESK);
      task.pass(Duration.ofSeconds(30));

      assertThat(task.fired()).containsExactly(minutes(60));
    }

    @Test
    void theOnlyTimeThatWasMissedAndIsSkippedFailsTheTask() {
      task.create(ANYONE, with(Schedule.once(minutes(1)), MisfirePolicy.SKIP));

      task.pass(Duration.ofMinutes(5));

      assertThat(task.fired()).isEmpty();
      assertThat(task.live().status()).isEqualTo(TaskStatus.Failed);
    }
  }

  @Nested
  class Overlapping {

    @Test
    void byDefaultTheTimeIsSkippedAndTimesInARowAreOneRecord() {
      task.create(ANYONE, every(MINUTE));
      task.pass(MINUTE);
      task.start(first(), DESK);

      task.pass(MINUTE);
      task.pass(MINUTE);

      assertThat(task.fired()).containsExactly(minutes(1));
      var skipped = task.last(RunsSkipped.class);
      assertThat(skipped.run()).isEqualTo(TASK.run(2));
      assertThat(skipped.reason()).isEqualTo("overlap");
      assertThat(skipped.fireTime()).isEqualTo(minutes(2));
      assertThat(skipped.fireTimeUntil()).isEqualTo(minutes(3));
      assertThat(skipped.count()).isEqualTo(2);
    }

    @Test
    void aClientThatIsBusyIsLeftOutAndTheOthersRun() {
      task.online(DESK, LAPTOP);
      task.create(new Owner.All(), every(MINUTE));
      task.pass(MINUTE);
      task.start(first(), DESK);
      task.complete(TASK.run(1).execution(2), LAPTOP);

      task.pass(MINUTE);

      var started = task.last(RunStarted.class);
      assertThat(started.executions())
          .containsExactly(new PlannedExecution(TASK.run(2).execution(1), LAPTOP, null));
      assertThat(started.skipped()).containsExactly(new SkippedClient(DESK, "overlap"));
    }

    @Test
    void queuedExecutionsWaitUntilTheClientIsDone() {
      task.create(ANYONE, with(every(MINUTE), OverlapPolicy.QUEUE_ONE));
      task.pass(MINUTE);
      task.start(first(), DESK);
      task.pass(MINUTE);
      var queued = TASK.run(2).execution(1);
      assertThat(task.last(RunStarted.class).executions().get(0).reason()).isEqualTo("overlap");
      assertThat(task.start(queued, LAPTOP)).isFalse();

      task.report(first(), EntityKit.completed());

      assertThat(task.start(queued, LAPTOP)).isTrue();
    }

    @Test
    void ofThoseThatWaitOnlyTheNewestStays() {
      task.create(ANYONE, with(every(MINUTE), OverlapPolicy.QUEUE_ONE));
      task.pass(MINUTE);
      task.start(first(), DESK);
      task.pass(MINUTE);

      task.pass(MINUTE);

      var ended = task.last(RunEnded.class);
      assertThat(ended.run()).isEqualTo(TASK.run(2));
      assertThat(ended.status()).isEqualTo(RunStatus.Skipped);
      assertThat(ended.reason()).isEqualTo("superseded");
      assertThat(task.live().runs()).containsOnlyKeys("t1-1", "t1-3");
    }

    @Test
    void allowedRunsRunSideBySideUpToTheirLimit() {
      var schedule = every(MINUTE);
      task.create(
          ANYONE,
          new Schedule(
              schedule.trigger(), null, null, OverlapPolicy.ALLOW, MisfirePolicy.FIRE_ONCE, 2));
      task.pass(MINUTE);
      task.start(first(), DESK);
      task.pass(MINUTE);
      task.start(TASK.run(2).execution(1), DESK);

      task.pass(MINUTE);

      assertThat(task.fired()).containsExactly(minutes(1), minutes(2));
      assertThat(task.last(RunsSkipped.class).reason()).isEqualTo("overlap");
      assertThat(((Refused) task.runNow()).refusal()).isEqualTo(Refusal.CONFLICT);
    }

    @Test
    void thePreviousRunIsCancelledFirst() {
      task.create(ANYONE, with(every(MINUTE), OverlapPolicy.CANCEL_PREVIOUS));
      task.pass(MINUTE);
      task.start(first(), DESK);

      task.pass(MINUTE);

      var ended = task.last(RunEnded.class);
      assertThat(ended.status()).isEqualTo(RunStatus.Cancelled);
      assertThat(ended.reason()).isEqualTo("superseded");
      assertThat(task.live().runs()).containsOnlyKeys("t1-2");
    }

    @Test
    void aManualRunRunsBesideWhatRuns() {
      task.create(ANYONE, every(MINUTE));
      task.pass(MINUTE);
      task.start(first(), DESK);

      assertThat(task.runNow()).isEqualTo(new RunAccepted(TASK.run(2)));
    }
  }

  @Nested
  class Paused {

    @Test
    void nothingFiresAndResumingDoesNotCatchUp() {
      task.create(ANYONE, every(MINUTE));
      assertThat(task.pause()).isEqualTo(new Accepted());
      assertThat(task.live().shown()).isEqualTo(new Outlook(TaskStatus.Active, null, null));

      task.pass(Duration.ofMinutes(5));
      task.resume();

      assertThat(task.fired()).isEmpty();
      var skipped = task.last(RunsSkipped.class);
      assertThat(skipped.reason()).isEqualTo("paused");
      assertThat(skipped.count()).isEqualTo(5);
      assertThat(task.live().shown().nextRunAt()).isEqualTo(minutes(6));
    }

    @Test
    void whatHasStartedGoesOnAndRunNowStillRuns() {
      task.create(ANYONE, every(MINUTE));
      task.pass(MINUTE);
      task.pause();

      assertThat(task.start(first(), DESK)).isTrue();
      assertThat(task.runNow()).isEqualTo(new RunAccepted(TASK.run(2)));
    }

    @Test
    void pausingAndResumingAgainChangesNothing() {
      task.create(ANYONE, every(MINUTE));
      assertThat(task.resume()).isEqualTo(new Accepted());
      task.pause();
      int before = task.events().size();

      assertThat(task.pause()).isEqualTo(new Accepted());

      assertThat(task.events()).hasSize(before);
    }

    @Test
    void itIsCompletedWhenItsEndPasses() {
      task.create(ANYONE, between(every(MINUTE), null, minutes(2)));
      task.pause();
      assertThat(task.live().shown().wakeAt()).isEqualTo(minutes(2));

      task.pass(Duration.ofMinutes(3));

      assertThat(task.live().status()).isEqualTo(TaskStatus.Completed);
      assertThat(task.last(RunsSkipped.class).count()).isEqualTo(2);
    }
  }

  @Nested
  class Changed {

    @Test
    void anotherScheduleStartsOverFromTheEdit() {
      task.create(ANYONE, every(MINUTE));
      task.pass(Duration.ofSeconds(90));

      task.edit(definition(ANYONE, every(Duration.ofMinutes(10))));

      assertThat(task.live().timetable().generation()).isEqualTo(2);
      assertThat(task.live().shown().nextRunAt()).isEqualTo(NOON.plusSeconds(690));
    }

    @Test
    void anEditOfAnythingElseKeepsTheTimes() {
      task.create(ANYONE, every(MINUTE));
      task.pass(Duration.ofSeconds(30));

      task.edit(definition(new Owner.Named(DESK), with(every(MINUTE), OverlapPolicy.ALLOW)));

      assertThat(task.live().timetable().generation()).isEqualTo(1);
      assertThat(task.live().shown().nextRunAt()).isEqualTo(minutes(1));
    }

    @Test
    void whatWasDueBeforeTheEditIsStillAccountedFor() {
      task.create(ANYONE, every(MINUTE));
      task.moveTo(minutes(1));

      task.edit(definition(ANYONE, every(Duration.ofMinutes(10))));

      assertThat(task.fired()).containsExactly(minutes(1));
    }

    @Test
    void cancellingEndsTheScheduleAndRunNowStillRuns() {
      task.create(ANYONE, every(MINUTE));
      task.pass(MINUTE);

      task.cancel();
      task.pass(Duration.ofMinutes(5));

      assertThat(task.live().shown()).isEqualTo(new Outlook(TaskStatus.Cancelled, null, null));
      assertThat(task.fired()).containsExactly(minutes(1));
      assertThat(task.runNow()).isEqualTo(new RunAccepted(TASK.run(2)));
      task.complete(TASK.run(2).execution(1), DESK);
      assertThat(task.live().status()).isEqualTo(TaskStatus.Cancelled);
    }

    @Test
    void aCancelledTaskWithAnotherScheduleIsActiveAgain() {
      task.create(ANYONE, every(MINUTE));
      task.cancel();

      task.edit(definition(ANYONE, every(Duration.ofMinutes(2))));
      task.pass(Duration.ofMinutes(2));

      assertThat(task.fired()).containsExactly(minutes(2));
    }

    @Test
    void deletingStopsEverything() {
      task.create(ANYONE, every(MINUTE));
      task.delete();

      task.pass(Duration.ofMinutes(5));

      assertThat(task.fired()).isEmpty();
      assertThat(task.state()).isInstanceOf(TaskState.Deleted.class);
    }

    @Test
    void everythingIsRememberedAfterARestart() {
      task.create(ANYONE, with(every(MINUTE), OverlapPolicy.QUEUE_ONE));
      task.pass(MINUTE);
      task.start(first(), DESK);
      task.pass(Duration.ofMinutes(3));
      task.pause();
      var before = task.live();

      task.restart();

      assertThat(task.live()).isEqualTo(before);
    }
  }

  private static ExecutionId first() {
    return TASK.run(1).execution(1);
  }

  private static Instant minutes(long minutes) {
    return NOON.plus(Duration.ofMinutes(minutes));
  }

  private static Schedule triggered(Trigger trigger) {
    return new Schedule(trigger, null, null, OverlapPolicy.SKIP, MisfirePolicy.FIRE_ONCE, null);
  }
}

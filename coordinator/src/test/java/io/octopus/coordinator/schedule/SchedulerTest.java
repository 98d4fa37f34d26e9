package io.octopus.coordinator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
import akka.testkit.ExplicitlyTriggeredScheduler;
import com.typesafe.config.ConfigFactory;
import io.octopus.protocol.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The scheduler runs on the test's own thread: when a call returns, all it led to is done. */
class SchedulerTest {

  private static final ActorTestKit TEST_KIT =
      ActorTestKit.create(
          ConfigFactory.parseString("akka.actor.provider = local")
              .withFallback(ManualTime.config())
              .withFallback(ConfigFactory.load()));
  private static final ExplicitlyTriggeredScheduler TIMERS =
      (ExplicitlyTriggeredScheduler) TEST_KIT.system().classicSystem().scheduler();
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  private final Rows rows = new Rows();
  private final Tasks tasks = new Tasks();
  private final List<ActorRef<?>> spawned = new ArrayList<>();
  private Instant now = START;
  private long nanos;

  @AfterEach
  void stopTheScheduler() {
    spawned.forEach(TEST_KIT::stop);
  }

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void aTaskIsWokenAtItsTimeAndNotBefore() {
    rows.add("later", START.plusMillis(3_250));
    scheduler();

    pass(Duration.ofMillis(3_249));
    assertThat(tasks.woken).isEmpty();
    pass(Duration.ofMillis(1));

    assertThat(tasks.woken).containsExactly("later");
  }

  @Test
  void whatIsFarAwayIsReadWhenItsTimeComesNear() {
    rows.add("in an hour", START.plusSeconds(3_600).plusMillis(40));
    scheduler();

    seconds(3_600);
    assertThat(tasks.woken).isEmpty();
    pass(Duration.ofMillis(40));

    assertThat(tasks.woken).containsExactly("in an hour");
  }

  @Test
  void aNewScheduleIsHeardOfAtOnce() {
    var scheduler = scheduler();
    rows.add("new", START.plusMillis(700));
    rows.add("untold", START.plusMillis(700));

    scheduler.tell(new Scheduler.Changed(List.of(new TaskId("new"))));
    pass(Duration.ofMillis(700));

    assertThat(tasks.woken).containsExactly("new");
  }

  @Test
  void whatWasNotToldIsFoundBecauseItIsLate() {
    scheduler();
    rows.add("untold", START.plusMillis(700));

    seconds(3);

    assertThat(tasks.woken).containsExactly("untold");
  }

  @Test
  void whatCommittedWhileTheWindowWasReadIsNotMissed() {
    rows.answersWait = true;
    var scheduler = scheduler();
    rows.add("meanwhile", START.plusMillis(700));
    scheduler.tell(new Scheduler.Changed(List.of(new TaskId("meanwhile"))));
    rows.answer();

    pass(Duration.ofMillis(700));

    assertThat(tasks.woken).containsExactly("meanwhile");
  }

  @Test
  void aStuckTaskIsWokenAgainEverMoreRarely() {
    rows.add("stuck", START);
    tasks.stuck.add("stuck");
    scheduler();

    seconds(30);
    int soon = tasks.woken.size();
    seconds(640);
    int later = tasks.woken.size() - soon;

    assertThat(soon).isBetween(6, 12);
    assertThat(later).isBetween(10, 13);
  }

  @Test
  void thousandsThatDoNotAnswerHoldUpNobody() {
    for (int i = 0; i < 12_000; i++) {
      rows.add("silent-%05d".formatted(i), START.minusSeconds(5));
    }
    tasks.silent = true;
    rows.add("mine", START.plusSeconds(60));
    scheduler();

    seconds(59);
    assertThat(tasks.woken).doesNotContain("mine");
    seconds(1);

    assertThat(tasks.woken).contains("mine");
    assertThat(tasks.open.size()).isLessThan(4_500);
  }

  @Test
  void asManyAsAreDueAtOnceAreAllWokenSomeAtATime() {
    IntStream.range(0, 25_000).forEach(n -> rows.add("t-%05d".formatted(n), START.plusSeconds(2)));
    tasks.answersWait = true;
    scheduler();

    seconds(2);

    assertThat(tasks.answerAll()).isLessThanOrEqualTo(128);
    assertThat(new HashSet<>(tasks.woken)).hasSize(25_000);
    assertThat(tasks.woken).hasSize(25_000);
    assertThat(rows.mostRead).isEqualTo(AlarmWindow.PAGE);
  }

  @Test
  void everyTaskWithUnfinishedRunsIsWokenAfterAStart() {
    IntStream.range(0, 1_200).forEach(n -> rows.unfinished.add("u-%05d".formatted(n)));
    tasks.answersWait = true;

    scheduler();

    assertThat(tasks.answerAll()).isLessThanOrEqualTo(32);
    assertThat(tasks.woken).hasSize(1_200).containsAll(rows.unfinished);
  }

  @Test
  void recoveryDoesNotHoldUpWhatIsDue() {
    IntStream.range(0, 10_000).forEach(n -> rows.unfinished.add("u-%05d".formatted(n)));
    rows.add("due", START.plusMillis(200));
    tasks.answersWait = true;
    scheduler();

    pass(Duration.ofMillis(200));

    assertThat(tasks.woken).contains("due").hasSize(33);
  }

  @Test
  void whatWaitedForTheClientsIsWokenWhenTheyAreBack() {
    rows.add("waits", START.minusSeconds(300));
    tasks.stuck.add("waits");
    var scheduler = scheduler();
    seconds(10);
    int before = tasks.woken.size();

    scheduler.tell(new Scheduler.LookAgain());

    assertThat(tasks.woken).hasSize(before + 1);
  }

  @Test
  void aClockThatIsSetForwardMakesDueWhatItPassed() {
    rows.add("passed", START.plusSeconds(300));
    scheduler();

    LoggingTestKit.warn("the clock was set forward by PT10M")
        .withOccurrences(1)
        .expect(
            TEST_KIT.system(),
            () -> {
              now = now.plusSeconds(600);
              seconds(2);
              return true;
            });

    assertThat(tasks.woken).containsExactly("passed");
  }

  @Test
  void aClockThatIsSetBackSilencesNothing() {
    rows.add("soon", START.plusSeconds(3));
    scheduler();

    LoggingTestKit.warn("the clock was set back by PT5M")
        .withOccurrences(1)
        .expect(
            TEST_KIT.system(),
            () -> {
              now = now.minusSeconds(300);
              seconds(3);
              return true;
            });
    seconds(299);
    assertThat(tasks.woken).isEmpty();
    seconds(1);

    assertThat(tasks.woken).containsExactly("soon");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsAskedAgain() {
    rows.failing = true;
    rows.add("due", START);
    rows.unfinished.add("unfinished");
    scheduler();
    seconds(3);

    rows.failing = false;
    seconds(1);

    assertThat(tasks.woken).contains("due", "unfinished");
  }

  @Test
  void tasksThatCannotBeWokenAreWokenAgain() {
    rows.add("due", START);
    tasks.failing = true;

    LoggingTestKit.warn("1 tasks could not be woken")
        .expect(
            TEST_KIT.system(),
            () -> {
              scheduler();
              seconds(1);
              return true;
            });
    tasks.failing = false;
    seconds(2);

    assertThat(tasks.woken).contains("due");
    assertThat(rows.alarms).isEmpty();
  }

  private ActorRef<Scheduler.Command> scheduler() {
    var scheduler =
        TEST_KIT.spawn(
            Scheduler.create(rows, tasks, () -> now, () -> nanos),
            DispatcherSelector.fromConfig("akka.test.calling-thread-dispatcher"));
    spawned.add(scheduler);
    return scheduler;
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      pass(Duration.ofSeconds(1));
    }
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
    TIMERS.executeTasks(TIMERS.currentTimeMs() + duration.toMillis());
  }

  /** The rows, as a store would answer about them. */
  private static final class Rows implements Alarms {

    final TreeSet<Place> alarms = new TreeSet<>();
    final TreeSet<String> unfinished = new TreeSet<>();
    boolean failing;
    boolean answersWait;
    int mostRead;
    private final List<Runnable> answers = new ArrayList<>();

    private final Map<String, Place> byTask = new HashMap<>();

    void add(String task, Instant at) {
      var place = new Place(at, task);
      alarms.add(place);
      byTask.put(task, place);
    }

    void remove(String task) {
      Optional.ofNullable(byTask.remove(task)).ifPresent(alarms::remove);
    }

    void answer() {
      answersWait = false;
      List.copyOf(answers).forEach(Runnable::run);
    }

    @Override
    public CompletionStage<List<Alarm>> behind(Place place, Instant until, int limit) {
      return answered(
          alarms.tailSet(place, false).headSet(Place.behind(until)).stream()
              .limit(limit)
              .map(Rows::alarm)
              .toList());
    }

    @Override
    public CompletionStage<List<Alarm>> of(Collection<TaskId> wanted, Instant until) {
      return answered(
          alarms.stream()
              .filter(place -> wanted.contains(new TaskId(place.task())))
              .filter(place -> !place.at().isAfter(until))
              .map(Rows::alarm)
              .toList());
    }

    @Override
    public CompletionStage<List<TaskId>> unfinishedBehind(Optional<TaskId> last, int limit) {
      return answered(
          unfinished.tailSet(last.map(TaskId::value).orElse(""), false).stream()
              .limit(limit)
              .map(TaskId::new)
              .toList());
    }

    private static Alarm alarm(Place place) {
      return new Alarm(place.at(), new TaskId(place.task()));
    }

    private <T> CompletionStage<List<T>> answered(List<T> read) {
      mostRead = Math.max(mostRead, read.size());
      if (failing) {
        return CompletableFuture.failedFuture(new IllegalStateException("locked"));
      }
      var answer = new CompletableFuture<List<T>>();
      if (answersWait) {
        answers.add(() -> answer.complete(read));
      } else {
        answer.complete(read);
      }
      return answer;
    }
  }

  /** The tasks: one that is woken does what is due, and its row says so. */
  private final class Tasks implements Scheduler.Waker {

    final List<String> woken = new ArrayList<>();
    final Set<String> stuck = new HashSet<>();
    final List<CompletableFuture<Done>> open = new ArrayList<>();
    boolean answersWait;
    boolean silent;
    boolean failing;

    @Override
    public CompletionStage<Done> wake(TaskId task, Instant at) {
      assertThat(at).isEqualTo(now);
      if (failing) {
        return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
      }
      woken.add(task.value());
      boolean isSilent = silent && task.value().startsWith("silent");
      if (!isSilent && !stuck.contains(task.value())) {
        rows.remove(task.value());
      }
      var answer = new CompletableFuture<Done>();
      if (answersWait || isSilent) {
        open.add(answer);
      } else {
        answer.complete(Done.getInstance());
      }
      return answer;
    }

    /** Answers until nobody waits; says how many waited at most. */
    int answerAll() {
      int most = 0;
      while (!open.isEmpty()) {
        most = Math.max(most, open.size());
        var waiting = List.copyOf(open);
        open.clear();
        waiting.forEach(answer -> answer.complete(Done.getInstance()));
      }
      return most;
    }
  }
}

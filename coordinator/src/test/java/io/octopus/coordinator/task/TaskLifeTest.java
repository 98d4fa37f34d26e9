package io.octopus.coordinator.task;

import static io.octopus.coordinator.task.EntityKit.DESK;
import static io.octopus.coordinator.task.EntityKit.LAPTOP;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.WorkerName;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever happens to a task, in whatever order, it keeps what is promised. */
class TaskLifeTest {

  private static final ActorTestKit TEST_KIT = EntityKit.testKit();

  @AfterContainer
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  /** Something that happens to a task. */
  private interface Step {
    void of(EntityKit task);
  }

  /** A step with its name, for reports of what went wrong. */
  private record Named(String name, Step step) {
    @Override
    public String toString() {
      return name;
    }
  }

  @Property(tries = 120)
  void everyTimeIsAccountedForOnceAndFinalIsFinal(
      @ForAll("definitions") TaskDefinition definition, @ForAll("lives") List<Named> life) {
    var task = new EntityKit(TEST_KIT);
    var books = new Bookkeeping();
    task.online(DESK, LAPTOP);
    task.create(definition);
    int read = 0;
    for (var step : life) {
      step.step().of(task);
      for (; read < task.events().size(); read++) {
        books.read(task.events().get(read));
      }
      if (!(task.state() instanceof TaskState.Live)) {
        return;
      }
      whatIsRememberedIsRight(task, books);
    }
  }

  private static void whatIsRememberedIsRight(EntityKit task, Bookkeeping books) {
    var live = task.live();
    assertThat(live.shown()).isEqualTo(Outlook.of(live, task.now()));
    assertThat(replayed(task.events())).isEqualTo(live);
    assertThat(live.runs()).hasSize(books.unfinishedRuns());
    boolean mayOwe =
        live.timetable().paused()
            || (live.definition().schedule().misfire() == MisfirePolicy.FIRE_ALL
                && !live.runs().isEmpty());
    if (!mayOwe) {
      books.expectNothingDueBefore(task.now());
    }
    if (live.timetable().paused()) {
      assertThat(live.shown().nextRunAt()).isNull();
    }
  }

  private static TaskState replayed(List<TaskEvent> events) {
    TaskState state = new TaskState.Absent();
    for (var event : events) {
      state = state.on(event);
    }
    return state;
  }

  @Provide
  Arbitrary<TaskDefinition> definitions() {
    return Combinators.combine(
            Arbitraries.of(new Owner.All(), new Owner.Anyone(), new Owner.Named(DESK)), schedules())
        .as(EntityKit::definition);
  }

  private static Arbitrary<Schedule> schedules() {
    return Combinators.combine(
            triggers(),
            Arbitraries.of(EntityKit.NOON.plusSeconds(600)).injectNull(0.7),
            Arbitraries.of(OverlapPolicy.values()),
            Arbitraries.of(MisfirePolicy.values()),
            Arbitraries.of(1, 2).injectNull(0.7))
        .as(
            (trigger, endAt, overlap, misfire, most) ->
                new Schedule(trigger, null, endAt, overlap, misfire, most));
  }

  private static Arbitrary<Trigger> triggers() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.of(new Trigger.Once(false), new Trigger.Once(true))),
        Tuple.of(
            6,
            Combinators.combine(
                    Arbitraries.of(1, 7, 60).map(Duration::ofSeconds),
                    Arbitraries.of(Trigger.IntervalMode.values()))
                .as(Trigger.Interval::new)));
  }

  @Provide
  Arbitrary<List<Named>> lives() {
    return Arbitraries.frequencyOf(Tuple.of(8, time()), Tuple.of(12, work()), Tuple.of(4, wishes()))
        .list()
        .ofMinSize(5)
        .ofMaxSize(40);
  }

  private static Arbitrary<Named> time() {
    return Arbitraries.of(300L, 1_000L, 1_400L, 7_000L, 61_000L, 130_000L, 900_000L)
        .map(
            millis ->
                new Named("pass " + millis + " ms", task -> task.pass(Duration.ofMillis(millis))));
  }

  private static Arbitrary<Named> work() {
    var executions = Arbitraries.integers().between(0, 3);
    var clients = Arbitraries.of(DESK, LAPTOP);
    return Arbitraries.oneOf(
        Combinators.combine(executions, clients)
            .as((n, client) -> new Named("start #" + n + " on " + client, start(n, client))),
        executions.map(n -> new Named("complete #" + n, report(n, true))),
        executions.map(n -> new Named("fail #" + n, report(n, false))),
        clients.map(client -> new Named("lose " + client, task -> task.lose(client))),
        Arbitraries.of(
            new Named("stale report", TaskLifeTest::reportStale),
            new Named("restart", EntityKit::restart),
            new Named("desk alone", task -> task.online(DESK)),
            new Named("nobody", task -> task.online()),
            new Named("both", task -> task.online(DESK, LAPTOP))));
  }

  private static Arbitrary<Named> wishes() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            new Named("pause", EntityKit::pause),
            new Named("resume", EntityKit::resume),
            new Named("resume", EntityKit::resume),
            new Named("run now", EntityKit::runNow),
            new Named("cancel", EntityKit::cancel),
            new Named("delete", EntityKit::delete)),
        schedules()
            .map(
                schedule ->
                    new Named(
                        "edit to " + schedule,
                        task -> task.edit(EntityKit.definition(new Owner.All(), schedule)))));
  }

  private static Step start(int number, WorkerName client) {
    return task -> {
      var waiting = unfinished(task);
      if (number < waiting.size()) {
        task.start(waiting.get(number), client);
      }
    };
  }

  private static Step report(int number, boolean completed) {
    return task -> {
      var unfinished = unfinished(task);
      if (number < unfinished.size()) {
        task.report(unfinished.get(number), completed ? EntityKit.completed() : EntityKit.failed());
      }
    };
  }

  private static void reportStale(EntityKit task) {
    var first = new AttemptId(EntityKit.TASK.run(1).execution(1), 1);
    task.report(first, EntityKit.completed());
  }

  private static List<ExecutionId> unfinished(EntityKit task) {
    return task.state() instanceof TaskState.Live live
        ? live.unfinished().stream()
            .flatMap(run -> run.executions().values().stream())
            .map(Execution::id)
            .toList()
        : List.of();
  }
}

package io.octopus.coordinator.task;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit.CommandResultWithReply;
import com.typesafe.config.ConfigFactory;
import io.octopus.coordinator.task.TaskCommand.Reply;
import io.octopus.coordinator.task.TaskCommand.SlotHeld;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.AttemptError;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One task with a clock and a fleet that a test moves, and all that happened to it. */
final class EntityKit {

  static final TaskId TASK = new TaskId("t1");
  static final WorkerName DESK = new WorkerName("desk");
  static final WorkerName LAPTOP = new WorkerName("laptop");
  static final Incarnation LIFE = new Incarnation("life-1");

  /** A Monday at noon. */
  static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  private static final PluginRef HELLO = new PluginRef("hello", "hello.py", "1.0", "abc");

  private final EventSourcedBehaviorTestKit<TaskCommand, TaskEvent, TaskState> task;
  private final List<FleetView.Client> clients = new ArrayList<>();
  private final List<TaskEvent> events = new ArrayList<>();
  private Instant now = NOON;
  private boolean isSettled = true;
  final TestProbe<DispatchNotice> dispatcher;

  EntityKit(ActorTestKit testKit) {
    dispatcher = testKit.createTestProbe();
    task =
        EventSourcedBehaviorTestKit.create(
            testKit.system(),
            TaskEntity.create(
                TASK,
                new TaskEntity.Surroundings(
                    new MovableFleet(),
                    name -> Optional.of(HELLO),
                    new FreeSlots(),
                    dispatcher.ref(),
                    () -> now,
                    () -> 0.5)));
  }

  static ActorTestKit testKit() {
    return ActorTestKit.create(
        EventSourcedBehaviorTestKit.config()
            .withFallback(
                ConfigFactory.parseString(
                    """
                    akka.loglevel = WARNING
                    akka.actor.allow-java-serialization = off
                    akka.actor.serialization-bindings {
                      "io.octopus.protocol.CborSerializable" = jackson-cbor
                    }
                    """))
            .withFallback(ConfigFactory.load()));
  }

  static Schedule every(Duration interval) {
    return new Schedule(
        new Trigger.Interval(interval, Trigger.IntervalMode.FIXED_RATE),
        null,
        null,
        OverlapPolicy.SKIP,
        MisfirePolicy.FIRE_ONCE,
        null);
  }

  static Schedule with(Schedule schedule, OverlapPolicy overlap) {
    return new Schedule(
        schedule.trigger(),
        schedule.startAt(),
        schedule.endAt(),
        overlap,
        schedule.misfire(),
        schedule.maxConcurrentRuns());
  }

  static Schedule with(Schedule schedule, MisfirePolicy misfire) {
    return new Schedule(
        schedule.trigger(),
        schedule.startAt(),
        schedule.endAt(),
        schedule.overlap(),
        misfire,
        schedule.maxConcurrentRuns());
  }

  static Schedule between(Schedule schedule, @Nullable Instant startAt, @Nullable Instant endAt) {
    return new Schedule(
        schedule.trigger(),
        startAt,
        endAt,
        schedule.overlap(),
        schedule.misfire(),
        schedule.maxConcurrentRuns());
  }

  static TaskDefinition definition(Owner owner, Schedule schedule) {
    return new TaskDefinition(
        "hello",
        null,
        owner,
        "hello",
        "main",
        "[]",
        "{}",
        schedule,
        Duration.ofMinutes(1),
        new RetryPolicy(2, Duration.ofSeconds(10), 2.0, Duration.ofMinutes(1), 0.0, true),
        null,
        Map.of());
  }

  Instant now() {
    return now;
  }

  void moveTo(Instant time) {
    now = time;
  }

  /** Lets time pass and wakes the task, as the scheduler would. */
  void pass(Duration time) {
    now = now.plus(time);
    wake();
  }

  void online(WorkerName... names) {
    clients.clear();
    for (var name : names) {
      clients.add(new FleetView.Client(name, FleetView.Status.ONLINE, false, Map.of()));
    }
  }

  void settled(boolean settled) {
    isSettled = settled;
  }

  Reply create(Owner owner, Schedule schedule) {
    return create(definition(owner, schedule));
  }

  Reply create(TaskDefinition definition) {
    return user(replyTo -> new TaskCommand.Create(definition, "hash", "me", replyTo));
  }

  Reply edit(TaskDefinition definition) {
    return user(replyTo -> new TaskCommand.Edit(definition, null, "me", replyTo));
  }

  Reply pause() {
    return user(replyTo -> new TaskCommand.Pause("me", replyTo));
  }

  Reply resume() {
    return user(replyTo -> new TaskCommand.Resume("me", replyTo));
  }

  Reply cancel() {
    return user(replyTo -> new TaskCommand.CancelTask("me", replyTo));
  }

  Reply delete() {
    return user(replyTo -> new TaskCommand.Delete("me", replyTo));
  }

  Reply runNow() {
    return user(
        replyTo -> new TaskCommand.Fire(RunTrigger.MANUAL, null, null, null, "me", replyTo));
  }

  void wake() {
    this.<Done>ask(replyTo -> new TaskCommand.Wake(now, replyTo));
  }

  /** Gives the execution to a worker, if the task grants it. */
  boolean start(ExecutionId execution, WorkerName worker) {
    TaskCommand.Granted granted =
        ask(
            replyTo ->
                new TaskCommand.GrantAttempts(
                    List.of(new SlotHeld(execution, worker, LIFE)), replyTo));
    return !granted.orders().isEmpty();
  }

  /** Says how the current attempt ended; whether that counted. */
  boolean report(ExecutionId execution, AttemptOutcome outcome) {
    int attempt =
        live().execution(execution).map(one -> Math.max(1, one.attempts().size())).orElse(1);
    return report(new AttemptId(execution, attempt), outcome);
  }

  boolean report(AttemptId attempt, AttemptOutcome outcome) {
    var report = new AttemptReport(attempt, outcome, now, now);
    TaskCommand.Reported reported =
        ask(replyTo -> new TaskCommand.ReportAttempts(List.of(report), replyTo));
    return reported.refused().isEmpty();
  }

  void lose(WorkerName worker) {
    this.<Done>ask(replyTo -> new TaskCommand.WorkerLost(worker, LIFE, replyTo));
  }

  /** Runs the execution to its end. */
  void complete(ExecutionId execution, WorkerName worker) {
    start(execution, worker);
    report(execution, completed());
  }

  static AttemptOutcome completed() {
    return new AttemptOutcome.Completed("1", null);
  }

  static AttemptOutcome failed() {
    return new AttemptOutcome.Failed("exception", new AttemptError("E", "bad", null), "null");
  }

  /** Forgets everything that is not in the journal. */
  void restart() {
    task.restart();
  }

  TaskState.Live live() {
    return (TaskState.Live) task.getState();
  }

  TaskState state() {
    return task.getState();
  }

  List<TaskEvent> events() {
    return List.copyOf(events);
  }

  <E extends TaskEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The newest event of this type. */
  <E extends TaskEvent> E last(Class<E> type) {
    var all = events(type);
    return all.get(all.size() - 1);
  }

  /** The nominal times of the runs that started, in order. */
  List<Instant> fired() {
    return events(TaskEvent.RunStarted.class).stream().map(TaskEvent.RunStarted::fireTime).toList();
  }

  Reply user(Function<ActorRef<Reply>, TaskCommand> command) {
    return ask(command);
  }

  private <R> R ask(Function<ActorRef<R>, TaskCommand> command) {
    CommandResultWithReply<TaskCommand, TaskEvent, TaskState, R> result = task.runCommand(command);
    events.addAll(result.events());
    return result.reply();
  }

  private final class MovableFleet implements FleetView {
    @Override
    public List<Client> clients() {
      return List.copyOf(clients);
    }

    @Override
    public boolean isSettled() {
      return isSettled;
    }
  }
}

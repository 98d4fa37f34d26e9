package io.octopus.coordinator.schedule;

import akka.Done;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.coordinator.schedule.Alarms.Alarm;
import io.octopus.protocol.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Wakes tasks whose time has come, and after its own start every task with unfinished runs. A
 * cluster singleton; all it knows is in the rows, so it may be lost and started again at any time.
 */
public final class Scheduler extends AbstractBehavior<Scheduler.Command> {

  /** Everything the scheduler reacts to. */
  public sealed interface Command {}

  private record Look() implements Command {}

  private record Due(@Nullable List<Alarm> alarms) implements Command {}

  private record Unfinished(@Nullable List<TaskId> tasks) implements Command {}

  private record Woken(TaskId task) implements Command {}

  private record FindUnfinished() implements Command {}

  /** Wakes a task and answers when it has decided. */
  public interface Waker {
    CompletionStage<Done> wake(TaskId task, Instant now);
  }

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /**
   * A task that was woken for a time and still has it in its row is woken again, ever more rarely.
   */
  private static final Duration FIRST_REPEAT = Duration.ofSeconds(1);

  private static final Duration LAST_REPEAT = Duration.ofMinutes(1);
  private static final int MOST_AT_ONCE = 10_000;

  /** So many tasks recover at once after a start. */
  private static final int MOST_WAKING = 64;

  private final TimerScheduler<Command> timers;
  private final Alarms alarms;
  private final Waker waker;
  private final InstantSource clock;
  private final Map<TaskId, Repeat> repeats = new HashMap<>();
  private final Deque<TaskId> toRecover = new ArrayDeque<>();
  private int recovering;

  private record Repeat(Instant alarm, Instant notBefore, Duration pause) {}

  /** The scheduler, which first wakes every task with unfinished runs. */
  public static Behavior<Command> create(Alarms alarms, Waker waker, InstantSource clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new Scheduler(context, timers, alarms, waker, clock)));
  }

  private Scheduler(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Alarms alarms,
      Waker waker,
      InstantSource clock) {
    super(context);
    this.timers = timers;
    this.alarms = alarms;
    this.waker = waker;
    this.clock = clock;
    context.getSelf().tell(new FindUnfinished());
    context.getSelf().tell(new Look());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FindUnfinished.class, this::onFindUnfinished)
        .onMessage(Unfinished.class, this::onUnfinished)
        .onMessage(Woken.class, this::onWoken)
        .onMessage(Look.class, this::onLook)
        .onMessage(Due.class, this::onDue)
        .build();
  }

  private Behavior<Command> onFindUnfinished(FindUnfinished find) {
    getContext()
        .pipeToSelf(alarms.tasksWithUnfinishedRuns(), (tasks, failure) -> new Unfinished(tasks));
    return this;
  }

  private Behavior<Command> onUnfinished(Unfinished unfinished) {
    if (unfinished.tasks() == null) {
      timers.startSingleTimer(new FindUnfinished(), RETRY_AFTER);
      return this;
    }
    if (!unfinished.tasks().isEmpty()) {
      getContext().getLog().info("waking {} unfinished tasks", unfinished.tasks().size());
    }
    toRecover.addAll(unfinished.tasks());
    recoverSome();
    return this;
  }

  private void recoverSome() {
    while (recovering < MOST_WAKING && !toRecover.isEmpty()) {
      var task = toRecover.poll();
      recovering++;
      getContext()
          .pipeToSelf(
              waker.wake(task, clock.instant()),
              (done, failure) -> {
                return new Woken(task);
              });
    }
  }

  private Behavior<Command> onWoken(Woken woken) {
    recovering--;
    recoverSome();
    return this;
  }

  private Behavior<Command> onLook(Look look) {
    getContext()
        .pipeToSelf(
            alarms.dueBefore(clock.instant(), MOST_AT_ONCE), (due, failure) -> new Due(due));
    return this;
  }

  private Behavior<Command> onDue(Due due) {
    if (due.alarms() != null) {
      var now = clock.instant();
      repeats.keySet().retainAll(due.alarms().stream().map(Alarm::task).toList());
      due.alarms().forEach(alarm -> wake(alarm, now));
    }
    timers.startSingleTimer(new Look(), LOOK_EVERY);
    return this;
  }

  private void wake(Alarm alarm, Instant now) {
    var before = repeats.get(alarm.task());
    boolean isRepeat = before != null && before.alarm().equals(alarm.at());
    if (before != null && isRepeat && now.isBefore(before.notBefore())) {
      return;
    }
    var pause = before != null && isRepeat ? longer(before.pause()) : FIRST_REPEAT;
    repeats.put(alarm.task(), new Repeat(alarm.at(), now.plus(pause), pause));
    var log = getContext().getLog();
    waker
        .wake(alarm.task(), now)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                log.warn("task {} was not woken, will try again", alarm.task());
              }
            });
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LAST_REPEAT) < 0 ? doubled : LAST_REPEAT;
  }
}

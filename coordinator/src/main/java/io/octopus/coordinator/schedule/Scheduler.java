package io.octopus.coordinator.schedule;

import akka.Done;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.coordinator.schedule.Alarms.Alarm;
import io.octopus.coordinator.schedule.Alarms.Place;
import io.octopus.coordinator.schedule.Wakes.Why;
import io.octopus.protocol.CborSerializable;
import io.octopus.protocol.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes tasks at their times, and after its own start every task with unfinished runs. A cluster
 * singleton; all it knows is in the rows, so it may be lost and started again at any time.
 *
 * <p>It holds the next few seconds' alarms only, and one timer on the earliest. What commits is
 * told to it at once. That is a hint: every second it also looks for rows whose time is past, which
 * finds what it was not told, what was due before its start, and what is stuck. Each second the
 * clock is read anew as well, so that setting it does no harm.
 *
 * <p>Nothing is woken early; what is due is for the task to decide.
 */
public final class Scheduler extends AbstractBehavior<Scheduler.Command> {

  /** Everything the scheduler reacts to. */
  public sealed interface Command {}

  /** Times of these tasks may be other ones from now on. */
  public record Changed(List<TaskId> tasks) implements Command, CborSerializable {
    public Changed {
      tasks = List.copyOf(tasks);
    }
  }

  /** What many tasks wait for has happened: whatever is overdue is woken again at once. */
  public record LookAgain() implements Command, CborSerializable {}

  private record Tick() implements Command {}

  private record TimeHasCome() implements Command {}

  private record WindowRead(Place from, Instant until, @Nullable List<Alarm> page)
      implements Command {}

  private record ChangesRead(List<TaskId> tasks, @Nullable List<Alarm> alarms) implements Command {}

  private record OverdueRead(long look, @Nullable List<Alarm> page) implements Command {}

  private record UnfinishedRead(@Nullable List<TaskId> page) implements Command {}

  private record Woken(long wake, TaskId task, @Nullable Throwable failure) implements Command {}

  /** Wakes a task and answers when it has decided. */
  public interface Waker {
    CompletionStage<Done> wake(TaskId task, Instant now);
  }

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final int MOST_CHANGES_READ = 400;
  private static final int MOST_CHANGES_KEPT = 20_000;

  private final TimerScheduler<Command> timers;
  private final Alarms alarms;
  private final Waker waker;
  private final InstantSource clock;
  private final ClockWatch clockWatch;

  private AlarmWindow window;
  private final Set<TaskId> changed = new LinkedHashSet<>();
  private boolean reading;
  private boolean readingFailed;
  private boolean readChangesLast;

  private Pages<Alarm> overdue = new Pages<>();
  private Place overdueFrom = Place.start();
  private Instant overdueUntil = Instant.EPOCH;
  private long looks;

  private final Pages<TaskId> unfinished = new Pages<>();
  private boolean recovered;

  private final Wakes wakes = new Wakes();
  private long ticks;
  private int notWoken;

  /**
   * The scheduler, which first wakes every task with unfinished runs.
   *
   * @param nanos a clock that only goes forward, in nanoseconds from anywhere
   */
  public static Behavior<Command> create(
      Alarms alarms, Waker waker, InstantSource clock, LongSupplier nanos) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new Scheduler(
                        context, timers, alarms, waker, clock, new ClockWatch(clock, nanos))));
  }

  private Scheduler(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Alarms alarms,
      Waker waker,
      InstantSource clock,
      ClockWatch clockWatch) {
    super(context);
    this.timers = timers;
    this.alarms = alarms;
    this.waker = waker;
    this.clock = clock;
    this.clockWatch = clockWatch;
    this.window = new AlarmWindow(clock.instant());
    lookForOverdue(Place.start(), clock.instant());
    timers.startTimerAtFixedRate(new Tick(), TICK);
    goOn();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Changed.class, this::onChanged)
        .onMessage(LookAgain.class, this::onLookAgain)
        .onMessage(Tick.class, this::onTick)
        .onMessage(TimeHasCome.class, this::onTimeHasCome)
        .onMessage(WindowRead.class, this::onWindowRead)
        .onMessage(ChangesRead.class, this::onChangesRead)
        .onMessage(OverdueRead.class, this::onOverdueRead)
        .onMessage(UnfinishedRead.class, this::onUnfinishedRead)
        .onMessage(Woken.class, this::onWoken)
        .build();
  }

  private Behavior<Command> onChanged(Changed news) {
    // what is too much to be told is found by looking
    if (changed.size() < MOST_CHANGES_KEPT) {
      changed.addAll(news.tasks());
    }
    return goOn();
  }

  private Behavior<Command> onLookAgain(LookAgain again) {
    lookForOverdue(Place.start(), clock.instant());
    return goOn();
  }

  private Behavior<Command> onTick(Tick tick) {
    ticks++;
    readingFailed = false;
    clockWatch.step().ifPresent(this::clockWasSet);
    wakes.letGoOfThoseBefore(ticks - 1);
    if (notWoken > 0) {
      getContext().getLog().warn("{} tasks could not be woken, and will be again", notWoken);
      notWoken = 0;
    }
    if (overdue.isDone()) {
      var now = clock.instant();
      lookForOverdue(Overdue.from(ticks, now), now.minus(Overdue.LEAST));
    }
    return goOn();
  }

  private void clockWasSet(Duration step) {
    if (step.isNegative()) {
      getContext().getLog().warn("the clock was set back by {}: nothing fires twice", step.abs());
      // the window would hold what is far away now
      window = new AlarmWindow(clock.instant());
      lookForOverdue(Place.start(), clock.instant());
    } else {
      getContext().getLog().warn("the clock was set forward by {}: what it passed is due", step);
    }
  }

  private void lookForOverdue(Place from, Instant until) {
    looks++;
    overdue = new Pages<>();
    overdueFrom = from;
    // behind the window's end nothing is late: it is not even read
    overdueUntil = until.isBefore(window.end().at()) ? until : window.end().at();
  }

  private Behavior<Command> onTimeHasCome(TimeHasCome time) {
    return goOn();
  }

  private Behavior<Command> onWindowRead(WindowRead read) {
    reading = false;
    if (read.page() == null) {
      readingFailed = true;
    } else if (read.from().equals(window.end())) {
      window.readOn(read.page(), read.until());
    }
    return goOn();
  }

  private Behavior<Command> onChangesRead(ChangesRead read) {
    reading = false;
    if (read.alarms() == null) {
      readingFailed = true;
      changed.addAll(read.tasks());
    } else {
      window.tell(read.alarms());
    }
    return goOn();
  }

  private Behavior<Command> onOverdueRead(OverdueRead read) {
    if (read.look() != looks) {
      return this;
    }
    if (read.page() == null) {
      readingFailed = true;
      overdue.notRead();
    } else {
      overdue.read(read.page());
    }
    return goOn();
  }

  private Behavior<Command> onUnfinishedRead(UnfinishedRead read) {
    if (read.page() == null) {
      readingFailed = true;
      unfinished.notRead();
    } else {
      unfinished.read(read.page());
    }
    return goOn();
  }

  private Behavior<Command> onWoken(Woken woken) {
    wakes.end(woken.wake());
    if (woken.failure() != null) {
      notWoken++;
      getContext().getLog().debug("task {} was not woken", woken.task(), woken.failure());
    }
    return goOn();
  }

  /** Does whatever there is to do now; the one place that decides what comes next. */
  private Behavior<Command> goOn() {
    wakeWhatIsDue();
    wakeWhatIsOverdue();
    wakeWhatIsUnfinished();
    if (!readingFailed) {
      readMore();
    }
    setTimer();
    return this;
  }

  private void wakeWhatIsDue() {
    var now = clock.instant();
    Supplier<Optional<Alarm>> next = () -> window.takeDue(now);
    for (var due = ifRoom(Why.DUE, next); due.isPresent(); due = ifRoom(Why.DUE, next)) {
      wake(due.get().task(), Why.DUE, now);
    }
  }

  private void wakeWhatIsOverdue() {
    var now = clock.instant();
    Supplier<Optional<Alarm>> next = overdue::take;
    for (var late = ifRoom(Why.OVERDUE, next); late.isPresent(); late = ifRoom(Why.OVERDUE, next)) {
      var alarm = late.get();
      // after the clock was set back it may lie ahead again
      if (!now.isBefore(alarm.at()) && !window.has(alarm) && !wakes.isWaking(alarm.task())) {
        wake(alarm.task(), Why.OVERDUE, now);
      }
    }
  }

  private void wakeWhatIsUnfinished() {
    Supplier<Optional<TaskId>> next = unfinished::take;
    for (var task = ifRoom(Why.UNFINISHED, next);
        task.isPresent();
        task = ifRoom(Why.UNFINISHED, next)) {
      wake(task.get(), Why.UNFINISHED, clock.instant());
    }
    if (!recovered && unfinished.isDone()) {
      recovered = true;
      getContext().getLog().info("woke {} tasks with unfinished runs", unfinished.taken());
    }
  }

  private <T> Optional<T> ifRoom(Why why, Supplier<Optional<T>> next) {
    return wakes.hasRoom(why) ? next.get() : Optional.empty();
  }

  private void wake(TaskId task, Why why, Instant now) {
    long wake = wakes.begin(task, why, ticks);
    getContext()
        .pipeToSelf(waker.wake(task, now), (done, failure) -> new Woken(wake, task, failure));
  }

  private void readMore() {
    if (!reading) {
      readWindowOrChanges();
    }
    if (overdue.startReading()) {
      long look = looks;
      getContext()
          .pipeToSelf(
              alarms.behind(
                  overdue.last().map(Alarm::place).orElse(overdueFrom), overdueUntil, Pages.SIZE),
              (page, failure) -> new OverdueRead(look, page));
    }
    if (unfinished.startReading()) {
      getContext()
          .pipeToSelf(
              alarms.unfinishedBehind(unfinished.last(), Pages.SIZE),
              (page, failure) -> new UnfinishedRead(page));
    }
  }

  /**
   * One after the other: what changed while the window was read is only known to be in it, or not,
   * when it has been read.
   */
  private void readWindowOrChanges() {
    var now = clock.instant();
    boolean mustReadOn = window.mustReadOn(now);
    if (mustReadOn && (changed.isEmpty() || readChangesLast)) {
      reading = true;
      readChangesLast = false;
      var from = window.end();
      var until = now.plus(AlarmWindow.AHEAD);
      getContext()
          .pipeToSelf(
              alarms.behind(from, until, AlarmWindow.PAGE),
              (page, failure) -> new WindowRead(from, until, page));
    } else if (!changed.isEmpty()) {
      reading = true;
      readChangesLast = true;
      var tasks = changed.stream().limit(MOST_CHANGES_READ).toList();
      tasks.forEach(changed::remove);
      getContext()
          .pipeToSelf(
              alarms.of(tasks, window.end().at()),
              (found, failure) -> new ChangesRead(tasks, found));
    }
  }

  /** One timer, on the earliest alarm of this second; the next tick sees to later ones. */
  private void setTimer() {
    window
        .earliest()
        .map(at -> Duration.between(clock.instant(), at))
        .filter(wait -> wait.compareTo(TICK) < 0 && !wait.isNegative() && !wait.isZero())
        .ifPresentOrElse(
            wait -> timers.startSingleTimer(new TimeHasCome(), wait),
            () -> timers.cancel(new TimeHasCome()));
  }
}

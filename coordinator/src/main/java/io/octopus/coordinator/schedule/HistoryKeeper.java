package io.octopus.coordinator.schedule;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has old history taken away, now and then, step by step, with a pause after each step that took
 * something: the journal comes first. A cluster singleton that knows nothing.
 */
public final class HistoryKeeper extends AbstractBehavior<HistoryKeeper.Command> {

  /** Everything it reacts to. */
  public sealed interface Command {}

  private record Begin() implements Command {}

  private record GoOn() implements Command {}

  private record StepDone(@Nullable Progress progress, @Nullable Throwable failure)
      implements Command {}

  /** How far a step came. */
  public enum Progress {
    /** It took something away: others first. */
    TOOK_AWAY,
    /** It only looked. */
    LOOKED,
    /** There is nothing more to do. */
    ALL_DONE
  }

  /** One way through the history. */
  public interface Pass {
    CompletionStage<Progress> step();
  }

  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final TimerScheduler<Command> timers;
  private final Supplier<Pass> passes;
  private final Duration every;
  private @Nullable Pass pass;
  private long steps;

  /** Begins some minutes after its start, and again so long after each end. */
  public static Behavior<Command> create(Supplier<Pass> passes, Duration every) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new HistoryKeeper(context, timers, passes, every)));
  }

  private HistoryKeeper(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Supplier<Pass> passes,
      Duration every) {
    super(context);
    this.timers = timers;
    this.passes = passes;
    this.every = every;
    beginAfter(every.compareTo(LONGEST_START) < 0 ? every : LONGEST_START);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Begin.class, this::onBegin)
        .onMessage(GoOn.class, this::onGoOn)
        .onMessage(StepDone.class, this::onStepDone)
        .build();
  }

  private void beginAfter(Duration wait) {
    timers.startSingleTimer(new Begin(), wait);
  }

  private Behavior<Command> onBegin(Begin begin) {
    steps = 0;
    pass = passes.get();
    return step();
  }

  private Behavior<Command> onGoOn(GoOn goOn) {
    return step();
  }

  private Behavior<Command> step() {
    if (pass != null) {
      getContext().pipeToSelf(pass.step(), (progress, failure) -> new StepDone(progress, failure));
    }
    return this;
  }

  private Behavior<Command> onStepDone(StepDone done) {
    if (done.progress() == null) {
      getContext().getLog().warn("old history could not be taken away", done.failure());
      beginAfter(every);
      return this;
    }
    switch (done.progress()) {
      case TOOK_AWAY -> {
        steps++;
        timers.startSingleTimer(new GoOn(), PAUSE);
      }
      case LOOKED -> getContext().getSelf().tell(new GoOn());
      case ALL_DONE -> {
        getContext().getLog().debug("old history was taken away in {} steps", steps);
        pass = null;
        beginAfter(every);
      }
    }
    return this;
  }
}

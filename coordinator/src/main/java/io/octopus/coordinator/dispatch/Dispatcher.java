package io.octopus.coordinator.dispatch;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.coordinator.task.DispatchNotice;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.coordinator.task.TaskCommand.Granted;
import io.octopus.coordinator.task.Tasks;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.protocol.work.StartOrder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives waiting executions to workers, in this order: a slot is taken of what a worker promised,
 * the task grants the attempt in the journal, the worker starts it. A refusal on the way costs no
 * attempt.
 *
 * <p>Everything here is a cache of what the journal says: lost in a crash, told again by the tasks.
 */
public final class Dispatcher extends AbstractBehavior<Dispatcher.Command> {

  /** Everything the dispatcher reacts to. */
  public sealed interface Command {}

  /** A task says something. */
  public record Notice(DispatchNotice notice) implements Command {}

  /** Starts, or starts again, an attempt that was granted to this process. */
  public record StartGranted(StartOrder order, WorkerName worker, Incarnation incarnation)
      implements Command {}

  private record MayHaveRoom(WorkerRouter.RoomAgain where) implements Command {}

  private record GrantAnswered(
      TaskId task, List<TaskCommand.SlotHeld> held, @Nullable Granted answer) implements Command {}

  private record StartWasRefused(WorkerRouter.StartRefused refused) implements Command {}

  private record AskAgain(TaskId task, List<TaskCommand.SlotHeld> held) implements Command {}

  private record Explain() implements Command {}

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(1);
  private static final Duration EXPLAIN_EVERY = Duration.ofMillis(300);

  private final TimerScheduler<Command> timers;
  private final ActorRef<WorkerRouter.Command> router;
  private final ActorRef<WorkerRouter.StartRefused> startRefusals;
  private final Tasks tasks;
  private final Consumer<Map<ExecutionId, String>> explanations;
  private final InstantSource clock;

  private final WorkerCredits credits;
  private final WaitingQueue queue;
  private final Map<ExecutionId, TaskCommand.SlotHeld> granting = new HashMap<>();
  private final Map<TaskId, List<TaskCommand.SlotHeld>> gathered = new HashMap<>();
  private final Set<TaskId> busy = new HashSet<>();
  private Map<ExecutionId, String> explained = Map.of();

  /**
   * The dispatcher of one coordinator.
   *
   * @param credits what workers promised
   * @param explanations told why executions wait, whenever that changes
   */
  public static Behavior<Command> create(
      ActorRef<WorkerRouter.Command> router,
      WorkerCredits credits,
      Tasks tasks,
      Consumer<Map<ExecutionId, String>> explanations,
      InstantSource clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new Dispatcher(context, timers, router, credits, tasks, explanations, clock)));
  }

  private Dispatcher(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ActorRef<WorkerRouter.Command> router,
      WorkerCredits credits,
      Tasks tasks,
      Consumer<Map<ExecutionId, String>> explanations,
      InstantSource clock) {
    super(context);
    this.timers = timers;
    this.tasks = tasks;
    this.explanations = explanations;
    this.clock = clock;
    this.router = router;
    this.credits = credits;
    this.queue = new WaitingQueue(credits.waitedFor());
    router.tell(
        new WorkerRouter.TellOfRoom(
            context.messageAdapter(WorkerRouter.RoomAgain.class, MayHaveRoom::new)));
    this.startRefusals =
        context.messageAdapter(WorkerRouter.StartRefused.class, StartWasRefused::new);
    timers.startTimerWithFixedDelay(new Explain(), EXPLAIN_EVERY);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Notice.class, this::onNotice)
        .onMessage(GrantAnswered.class, this::onGrantAnswered)
        .onMessage(StartWasRefused.class, this::onStartWasRefused)
        .onMessage(AskAgain.class, this::onAskAgain)
        .onMessage(MayHaveRoom.class, this::onMayHaveRoom)
        .onMessage(StartGranted.class, this::onStartGranted)
        .onMessage(Explain.class, this::onExplain)
        .build();
  }

  private Behavior<Command> onNotice(Notice notice) {
    if (notice.notice() instanceof DispatchNotice.Ready ready) {
      onReady(ready);
    } else if (notice.notice() instanceof DispatchNotice.Granted granted) {
      queue.remove(granted.order().attempt().execution());
      start(granted.order(), granted.held().worker(), granted.held().incarnation());
    } else if (notice.notice() instanceof DispatchNotice.Withdrawn gone) {
      queue.remove(gone.execution());
    } else if (notice.notice() instanceof DispatchNotice.StopAttempt stop) {
      router.tell(
          new WorkerRouter.StopAttempt(
              stop.attempt(), stop.worker(), stop.incarnation(), stop.why()));
    }
    return this;
  }

  private void onReady(DispatchNotice.Ready ready) {
    if (!granting.containsKey(ready.execution())) {
      queue.add(ready.execution(), ready.placement());
      giveSlots();
    }
  }

  private void giveSlots() {
    for (var next = queue.poll(); next.isPresent(); next = queue.poll()) {
      var entry = next.get();
      var held = credits.takeNext(entry.execution(), entry.placement());
      if (held.isPresent()) {
        grant(held.get());
      } else {
        queue.putBack(entry);
        queue.block(entry.placement(), credits.reason(entry.placement()));
      }
    }
  }

  private Behavior<Command> onMayHaveRoom(MayHaveRoom again) {
    var worker = again.where().worker();
    if (worker == null) {
      queue.unblockAll();
    } else {
      queue.unblock(worker);
    }
    giveSlots();
    return this;
  }

  /** A busy task's slots gather, so that one commit grants them all. */
  private void grant(TaskCommand.SlotHeld held) {
    granting.put(held.execution(), held);
    var task = held.execution().task();
    gathered.computeIfAbsent(task, key -> new ArrayList<>()).add(held);
    if (!busy.contains(task)) {
      askToGrant(task);
    }
  }

  private void askToGrant(TaskId task) {
    var held = gathered.remove(task);
    if (held == null) {
      busy.remove(task);
      return;
    }
    busy.add(task);
    ask(task, held);
  }

  private void ask(TaskId task, List<TaskCommand.SlotHeld> held) {
    getContext()
        .pipeToSelf(
            tasks.<Granted>ask(task, replyTo -> new TaskCommand.GrantAttempts(held, replyTo)),
            (answer, failure) -> new GrantAnswered(task, held, answer));
  }

  private Behavior<Command> onGrantAnswered(GrantAnswered answered) {
    var answer = answered.answer();
    if (answer == null) {
      // it may have been granted all the same: only the same question again can tell
      timers.startSingleTimer(
          answered.task(), new AskAgain(answered.task(), answered.held()), ASK_AGAIN_AFTER);
      return this;
    }
    for (var order : answer.orders()) {
      var held = granting.remove(order.attempt().execution());
      if (held != null) {
        start(order, held.worker(), held.incarnation());
      }
    }
    for (var refused : answer.refused()) {
      var held = granting.remove(refused);
      if (held != null) {
        credits.giveBack(held);
        queue.unblock(held.worker());
      }
    }
    giveSlots();
    askToGrant(answered.task());
    return this;
  }

  private Behavior<Command> onStartGranted(StartGranted start) {
    start(start.order(), start.worker(), start.incarnation());
    return this;
  }

  private void start(StartOrder order, WorkerName worker, Incarnation incarnation) {
    router.tell(new WorkerRouter.StartAttempt(order, worker, incarnation, startRefusals));
  }

  private Behavior<Command> onAskAgain(AskAgain again) {
    ask(again.task(), again.held());
    return this;
  }

  private Behavior<Command> onStartWasRefused(StartWasRefused refused) {
    var attempt = refused.refused().attempt();
    var now = clock.instant();
    var report =
        new AttemptReport(attempt, new AttemptOutcome.Lost(refused.refused().why()), now, now);
    tasks
        .<TaskCommand.Reported>ask(
            attempt.task(), replyTo -> new TaskCommand.ReportAttempts(List.of(report), replyTo))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                // the attempt stays granted until its worker registers and does not list it
                LOG.warn("attempt {} was refused and could not be given up", attempt, failure);
              }
            });
    return this;
  }

  private Behavior<Command> onExplain(Explain explain) {
    var now = queue.reasons();
    var changed = new HashMap<>(now);
    explained.forEach(changed::remove);
    if (!changed.isEmpty()) {
      explanations.accept(changed);
    }
    explained = now;
    return this;
  }
}

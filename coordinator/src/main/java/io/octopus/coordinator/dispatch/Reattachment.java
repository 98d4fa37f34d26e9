package io.octopus.coordinator.dispatch;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.coordinator.fleet.Fleet;
import io.octopus.coordinator.task.DispatchNotice;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.coordinator.task.Tasks;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.WorkerProtocol.Register;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings tasks and workers together again: after a registration every task that believes to run
 * something there, or is said to, compares; after a loss every task that ran something there is
 * told.
 *
 * <p>The tasks are found by their rows, which commit with their events, so nothing that was granted
 * before is forgotten. Each errand is repeated until it is answered.
 */
public final class Reattachment extends AbstractBehavior<Reattachment.Command> {

  /** Everything the reattachment reacts to. */
  public sealed interface Command {}

  /** The fleet says something. */
  public record FleetSays(Fleet.Announcement announcement) implements Command {}

  private record TasksFound(Errand errand, List<TaskId> tasks) implements Command {}

  private record ClientsFound(List<WorkerName> away) implements Command {}

  private record Compared(Compare errand, TaskId task, TaskCommand.Reconciled answer)
      implements Command {}

  private record Told() implements Command {}

  private record Again(Command command) implements Command {}

  private record Unanswered(Command command) implements Command {}

  private record Find(Errand errand) implements Command {}

  private record FindAway(Set<WorkerName> registered) implements Command {}

  /** What tasks must hear of one worker. */
  private sealed interface Errand {
    WorkerName worker();
  }

  private record Compare(Register register) implements Errand {
    @Override
    public WorkerName worker() {
      return register.worker();
    }

    List<AttemptId> running(TaskId task) {
      return of(task, register.running());
    }

    List<AttemptId> waiting(TaskId task) {
      return of(task, register.waiting());
    }

    private static List<AttemptId> of(TaskId task, List<AttemptId> attempts) {
      return attempts.stream().filter(attempt -> attempt.task().equals(task)).toList();
    }

    Set<TaskId> andNamedIn(List<TaskId> found) {
      var all = new HashSet<>(found);
      Stream.concat(register.running().stream(), register.waiting().stream())
          .map(AttemptId::task)
          .forEach(all::add);
      return all;
    }
  }

  private record TellLost(WorkerName worker, @Nullable Incarnation incarnation) implements Errand {}

  private static final Duration AGAIN_AFTER = Duration.ofSeconds(2);

  private final TimerScheduler<Command> timers;
  private final RunningWork running;
  private final Tasks tasks;
  private final ActorRef<Dispatcher.Command> dispatcher;

  /**
   * Finds the tasks by {@code running}; hands what must be started or stopped to the dispatcher.
   */
  public static Behavior<Command> create(
      RunningWork running, Tasks tasks, ActorRef<Dispatcher.Command> dispatcher) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new Reattachment(context, timers, running, tasks, dispatcher)));
  }

  private Reattachment(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      RunningWork running,
      Tasks tasks,
      ActorRef<Dispatcher.Command> dispatcher) {
    super(context);
    this.timers = timers;
    this.running = running;
    this.tasks = tasks;
    this.dispatcher = dispatcher;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FleetSays.class, this::onFleetSays)
        .onMessage(Find.class, this::onFind)
        .onMessage(FindAway.class, this::onFindAway)
        .onMessage(ClientsFound.class, this::onClientsFound)
        .onMessage(TasksFound.class, this::onTasksFound)
        .onMessage(Compared.class, this::onCompared)
        .onMessage(Told.class, told -> this)
        .onMessage(Unanswered.class, this::onUnanswered)
        .onMessage(Again.class, this::onAgain)
        .build();
  }

  private Behavior<Command> onFleetSays(FleetSays says) {
    if (says.announcement() instanceof Fleet.Registered registered) {
      return onFind(new Find(new Compare(registered.register())));
    }
    if (says.announcement() instanceof Fleet.Vanished vanished) {
      return onFind(new Find(new TellLost(vanished.name(), vanished.incarnation())));
    }
    if (says.announcement() instanceof Fleet.RecoveryOver over) {
      return onFindAway(new FindAway(over.registered()));
    }
    return this;
  }

  private Behavior<Command> onFind(Find find) {
    getContext()
        .pipeToSelf(
            running.tasksRunningOn(find.errand().worker()),
            (found, failure) ->
                failure == null ? new TasksFound(find.errand(), found) : new Unanswered(find));
    return this;
  }

  private Behavior<Command> onFindAway(FindAway find) {
    getContext()
        .pipeToSelf(
            running.clientsWithRunningWork(),
            (clients, failure) ->
                failure == null
                    ? new ClientsFound(
                        clients.stream()
                            .filter(client -> !find.registered().contains(client))
                            .toList())
                    : new Unanswered(find));
    return this;
  }

  private Behavior<Command> onClientsFound(ClientsFound found) {
    found.away().forEach(worker -> onFind(new Find(new TellLost(worker, null))));
    return this;
  }

  private Behavior<Command> onTasksFound(TasksFound found) {
    if (found.errand() instanceof Compare compare) {
      compare.andNamedIn(found.tasks()).forEach(task -> compare(compare, task));
    } else if (found.errand() instanceof TellLost lost) {
      found.tasks().forEach(task -> tellLost(lost, task));
    }
    return this;
  }

  private void compare(Compare errand, TaskId task) {
    getContext()
        .pipeToSelf(
            tasks.<TaskCommand.Reconciled>ask(
                task,
                replyTo ->
                    new TaskCommand.Reconcile(
                        errand.worker(),
                        errand.register().incarnation(),
                        errand.running(task),
                        errand.waiting(task),
                        replyTo)),
            (answer, failure) ->
                failure == null
                    ? new Compared(errand, task, answer)
                    : new Unanswered(new TasksFound(only(errand, task), List.of(task))));
  }

  /** The same errand for one task: what the others were told already is left out. */
  private static Compare only(Compare errand, TaskId task) {
    var register = errand.register();
    return new Compare(
        new Register(
            register.worker(),
            register.incarnation(),
            register.capabilities(),
            errand.running(task),
            errand.waiting(task),
            register.link()));
  }

  private Behavior<Command> onCompared(Compared compared) {
    var register = compared.errand().register();
    for (var attempt : compared.answer().stop()) {
      getContext().getLog().info("attempt {} is stale: stopping it", attempt);
      dispatcher.tell(
          new Dispatcher.Notice(
              new DispatchNotice.StopAttempt(
                  attempt, register.worker(), register.incarnation(), "no longer current")));
    }
    for (var order : compared.answer().start()) {
      dispatcher.tell(
          new Dispatcher.StartGranted(order, register.worker(), register.incarnation()));
    }
    return this;
  }

  private void tellLost(TellLost lost, TaskId task) {
    getContext()
        .pipeToSelf(
            tasks.<Done>ask(
                task,
                replyTo -> new TaskCommand.WorkerLost(lost.worker(), lost.incarnation(), replyTo)),
            (done, failure) ->
                failure == null ? new Told() : new Unanswered(new TasksFound(lost, List.of(task))));
  }

  private Behavior<Command> onUnanswered(Unanswered unanswered) {
    timers.startSingleTimer(unanswered.command(), new Again(unanswered.command()), AGAIN_AFTER);
    return this;
  }

  private Behavior<Command> onAgain(Again again) {
    getContext().getSelf().tell(again.command());
    return this;
  }
}

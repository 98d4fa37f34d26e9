package io.octopus.coordinator.task;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.javadsl.CommandHandlerWithReply;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import akka.persistence.typed.javadsl.ReplyEffect;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.octopus.coordinator.task.TaskCommand.Accepted;
import io.octopus.coordinator.task.TaskCommand.Refusal;
import io.octopus.coordinator.task.TaskCommand.Refused;
import io.octopus.coordinator.task.TaskCommand.Reply;
import io.octopus.coordinator.task.TaskState.Live;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.protocol.work.StartOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * One task: what it runs, who runs it now, and how it ended. The only place where anything about a
 * task is decided.
 *
 * <p>Absent → live (Created → Active → Completed, Failed or Cancelled, and Active again with each
 * new run) → deleted. Inside a live task each run's executions go waiting → running → waiting for
 * the next attempt, or end.
 *
 * <p>A command is answered after its events are committed. What the dispatcher is told may be lost:
 * it is said again when the entity recovers or is woken.
 */
public final class TaskEntity
    extends EventSourcedBehaviorWithEnforcedReplies<TaskCommand, TaskEvent, TaskState> {

  /** Under this key the entities are found; persistence ids are {@code Task|<id>}. */
  public static final EntityTypeKey<TaskCommand> KEY =
      EntityTypeKey.create(TaskCommand.class, "Task");

  private static final int EVENTS_PER_SNAPSHOT = 100;
  private static final int SNAPSHOTS_KEPT = 2;

  private final TaskId id;
  private final Surroundings surroundings;

  /**
   * What all entities of a coordinator share.
   *
   * @param random uniform in [0, 1), for the jitter of retries
   */
  public record Surroundings(
      FleetView fleet,
      PluginView plugins,
      Slots slots,
      ActorRef<DispatchNotice> dispatcher,
      InstantSource clock,
      DoubleSupplier random) {}

  /** The entity of this task. */
  public static Behavior<TaskCommand> create(TaskId id, Surroundings surroundings) {
    return new TaskEntity(id, surroundings);
  }

  private TaskEntity(TaskId id, Surroundings surroundings) {
    super(
        PersistenceId.of(KEY.name(), id.value()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.1));
    this.id = id;
    this.surroundings = surroundings;
  }

  @Override
  public TaskState emptyState() {
    return new TaskState.Absent();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, SNAPSHOTS_KEPT);
  }

  @Override
  public CommandHandlerWithReply<TaskCommand, TaskEvent, TaskState> commandHandler() {
    var commands = newCommandHandlerWithReplyBuilder();
    commands
        .forStateType(Live.class)
        .onCommand(TaskCommand.Create.class, this::onCreateAgain)
        .onCommand(
            TaskCommand.WasCreated.class,
            (live, asked) -> sameRequest(live.requestHash(), asked.requestHash(), asked.replyTo()))
        .onCommand(TaskCommand.Edit.class, this::onEdit)
        .onCommand(TaskCommand.Delete.class, this::onDelete)
        .onCommand(TaskCommand.Fire.class, this::onFire)
        .onCommand(TaskCommand.Pause.class, this::onPause)
        .onCommand(TaskCommand.Resume.class, this::onResume)
        .onCommand(TaskCommand.CancelTask.class, this::onCancelTask)
        .onCommand(TaskCommand.CancelRun.class, this::onCancelRun)
        .onCommand(TaskCommand.CancelExecution.class, this::onCancelExecution)
        .onCommand(TaskCommand.GrantAttempts.class, this::onGrantAttempts)
        .onCommand(TaskCommand.ReportAttempts.class, this::onReportAttempts)
        .onCommand(TaskCommand.Reconcile.class, this::onReconcile)
        .onCommand(TaskCommand.WorkerLost.class, this::onWorkerLost)
        .onCommand(TaskCommand.Wake.class, this::onWake);
    commands
        .forStateType(TaskState.Absent.class)
        .onCommand(TaskCommand.Create.class, this::onCreate)
        .onCommand(TaskCommand.WasCreated.class, (absent, asked) -> notFound(asked.replyTo()));
    commands
        .forStateType(TaskState.Deleted.class)
        .onCommand(TaskCommand.Create.class, this::onCreateDeleted)
        .onCommand(
            TaskCommand.WasCreated.class,
            (deleted, asked) ->
                sameRequest(deleted.requestHash(), asked.requestHash(), asked.replyTo()));
    commands
        .forState(state -> !(state instanceof Live))
        .onCommand(TaskCommand.Edit.class, (state, edit) -> notFound(edit.replyTo()))
        .onCommand(TaskCommand.Delete.class, (state, delete) -> notFound(delete.replyTo()))
        .onCommand(TaskCommand.Fire.class, (state, fire) -> notFound(fire.replyTo()))
        .onCommand(TaskCommand.Pause.class, (state, pause) -> notFound(pause.replyTo()))
        .onCommand(TaskCommand.Resume.class, (state, resume) -> notFound(resume.replyTo()))
        .onCommand(TaskCommand.CancelTask.class, (state, cancel) -> notFound(cancel.replyTo()))
        .onCommand(TaskCommand.CancelRun.class, (state, cancel) -> notFound(cancel.replyTo()))
        .onCommand(TaskCommand.CancelExecution.class, (state, cancel) -> notFound(cancel.replyTo()))
        .onCommand(TaskCommand.GrantAttempts.class, (state, grant) -> grantNothing(grant))
        .onCommand(TaskCommand.ReportAttempts.class, (state, report) -> acknowledgeOnly(report))
        .onCommand(TaskCommand.Reconcile.class, (state, reconcile) -> stopAll(reconcile))
        .onCommand(TaskCommand.WorkerLost.class, (state, lost) -> done(lost.replyTo()))
        .onCommand(TaskCommand.Wake.class, (state, wake) -> done(wake.replyTo()));
    commands
        .forAnyState()
        .onCommand(TaskCommand.Passivate.class, passivate -> Effect().stop().thenNoReply());
    return commands.build();
  }

  private ReplyEffect<TaskEvent, TaskState> onCreate(
      TaskState.Absent absent, TaskCommand.Create create) {
    var created =
        new TaskEvent.TaskCreated(create.definition(), create.requestHash(), create.by(), now());
    if (!(absent.on(created) instanceof Live live)) {
      throw new IllegalStateException("a created task must be there");
    }
    var decision = new Decision(live, now());
    doWhatIsDue(decision, create.by());
    var events = new ArrayList<TaskEvent>();
    events.add(created);
    events.addAll(decision.events());
    return Effect()
        .persist(events)
        .thenRun(state -> decision.notices().forEach(surroundings.dispatcher()::tell))
        .thenReply(create.replyTo(), state -> new Accepted());
  }

  private ReplyEffect<TaskEvent, TaskState> onCreateAgain(Live live, TaskCommand.Create create) {
    return sameRequest(live.requestHash(), create.requestHash(), create.replyTo());
  }

  private ReplyEffect<TaskEvent, TaskState> onCreateDeleted(
      TaskState.Deleted deleted, TaskCommand.Create create) {
    return sameRequest(deleted.requestHash(), create.requestHash(), create.replyTo());
  }

  private ReplyEffect<TaskEvent, TaskState> sameRequest(
      String created, String asked, ActorRef<Reply> replyTo) {
    return created.equals(asked)
        ? accept(replyTo)
        : refuse(replyTo, Refusal.KEY_REUSED, "this Idempotency-Key was used for another request");
  }

  private ReplyEffect<TaskEvent, TaskState> onEdit(Live live, TaskCommand.Edit edit) {
    if (edit.expectedVersion() != null && edit.expectedVersion() != live.version()) {
      return refuse(
          edit.replyTo(),
          Refusal.STALE_VERSION,
          "the task is at version " + live.version() + ", not " + edit.expectedVersion());
    }
    var decision = new Decision(live, now());
    Wishes.edit(id, edit, surroundings.fleet(), decision);
    return decided(decision, edit.replyTo(), new Accepted());
  }

  private ReplyEffect<TaskEvent, TaskState> onDelete(Live live, TaskCommand.Delete delete) {
    var decision = new Decision(live, now());
    Wishes.delete(id, delete.by(), surroundings.fleet(), decision);
    return commit(decision, delete.replyTo(), new Accepted());
  }

  private ReplyEffect<TaskEvent, TaskState> onFire(Live live, TaskCommand.Fire fire) {
    if (fire.clients() == null && Firings.mustWait(live.definition(), surroundings.fleet())) {
      return refuse(
          fire.replyTo(),
          Refusal.NOT_SETTLED,
          "the coordinator just started and waits for its clients to come back");
    }
    if (Firing.hasMostRuns(live)) {
      return refuse(
          fire.replyTo(),
          Refusal.CONFLICT,
          "the task has " + live.runs().size() + " unfinished runs, as many as it may have");
    }
    var decision = new Decision(live, now());
    var request =
        new Firing.Request(
            fire.trigger(),
            decision.now(),
            OverlapPolicy.ALLOW,
            fire.args(),
            fire.kwargs(),
            fire.clients(),
            fire.by());
    Firing.fire(id, request, surroundings.fleet(), decision);
    var run = id.run(decision.state().lastRun());
    return decided(decision, fire.replyTo(), new TaskCommand.RunAccepted(run));
  }

  private ReplyEffect<TaskEvent, TaskState> onPause(Live live, TaskCommand.Pause pause) {
    var decision = new Decision(live, now());
    Wishes.pause(id, pause.by(), surroundings.fleet(), decision);
    return decided(decision, pause.replyTo(), new Accepted());
  }

  private ReplyEffect<TaskEvent, TaskState> onResume(Live live, TaskCommand.Resume resume) {
    var decision = new Decision(live, now());
    Wishes.resume(id, resume.by(), decision);
    return decided(decision, resume.replyTo(), new Accepted());
  }

  private ReplyEffect<TaskEvent, TaskState> onCancelTask(Live live, TaskCommand.CancelTask cancel) {
    var decision = new Decision(live, now());
    Wishes.cancel(id, cancel.by(), surroundings.fleet(), decision);
    return decided(decision, cancel.replyTo(), new Accepted());
  }

  private ReplyEffect<TaskEvent, TaskState> onCancelRun(Live live, TaskCommand.CancelRun cancel) {
    return live.run(cancel.run())
        .map(
            run -> {
              var decision = new Decision(live, now());
              Endings.cancelRun(run, cancel.by(), decision);
              return decided(decision, cancel.replyTo(), (Reply) new Accepted());
            })
        .orElseGet(() -> isFinal(cancel.replyTo(), "run " + cancel.run()));
  }

  private ReplyEffect<TaskEvent, TaskState> onCancelExecution(
      Live live, TaskCommand.CancelExecution cancel) {
    return live.execution(cancel.execution())
        .map(
            execution -> {
              var decision = new Decision(live, now());
              Endings.cancel(execution, cancel.by(), decision);
              return decided(decision, cancel.replyTo(), (Reply) new Accepted());
            })
        .orElseGet(() -> isFinal(cancel.replyTo(), "execution " + cancel.execution()));
  }

  private ReplyEffect<TaskEvent, TaskState> onGrantAttempts(
      Live live, TaskCommand.GrantAttempts grant) {
    var decision = new Decision(live, now());
    var orders = new ArrayList<StartOrder>();
    var refused = new ArrayList<ExecutionId>();
    for (var held : grant.held()) {
      Attempts.grant(held, surroundings.plugins(), decision)
          .ifPresentOrElse(orders::add, () -> refused.add(held.execution()));
    }
    return decided(decision, grant.replyTo(), new TaskCommand.Granted(orders, refused));
  }

  private ReplyEffect<TaskEvent, TaskState> onReportAttempts(
      Live live, TaskCommand.ReportAttempts report) {
    var decision = new Decision(live, now());
    var refused = new ArrayList<AttemptId>();
    for (var one : report.reports()) {
      if (!Attempts.report(one, surroundings.random(), decision)) {
        refused.add(one.attempt());
      }
    }
    return decided(decision, report.replyTo(), new TaskCommand.Reported(attempts(report), refused));
  }

  private ReplyEffect<TaskEvent, TaskState> onReconcile(
      Live live, TaskCommand.Reconcile reconcile) {
    var decision = new Decision(live, now());
    var answer = Attempts.reconcile(reconcile, surroundings.random(), decision);
    return decided(decision, reconcile.replyTo(), answer);
  }

  private ReplyEffect<TaskEvent, TaskState> onWorkerLost(Live live, TaskCommand.WorkerLost lost) {
    var decision = new Decision(live, now());
    Attempts.workerLost(lost.worker(), lost.incarnation(), surroundings.random(), decision);
    return decided(decision, lost.replyTo(), Done.getInstance());
  }

  private ReplyEffect<TaskEvent, TaskState> onWake(Live live, TaskCommand.Wake wake) {
    var decision = new Decision(live, now());
    Endings.expire(surroundings.fleet(), decision);
    Firings.fireDue(id, surroundings.fleet(), Firings.BY, decision);
    offerAll(decision);
    return decided(decision, wake.replyTo(), Done.getInstance());
  }

  private static void offerAll(Decision decision) {
    for (var run : decision.state().unfinished()) {
      run.executions().values().forEach(execution -> decision.offer(execution.id()));
    }
  }

  @Override
  public SignalHandler<TaskState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(
            RecoveryCompleted.instance(),
            state -> {
              if (state instanceof Live live) {
                var decision = new Decision(live, now());
                offerAll(decision);
                decision.notices().forEach(surroundings.dispatcher()::tell);
              }
            })
        .build();
  }

  private ReplyEffect<TaskEvent, TaskState> grantNothing(TaskCommand.GrantAttempts grant) {
    var refused = grant.held().stream().map(TaskCommand.SlotHeld::execution).toList();
    return Effect().reply(grant.replyTo(), new TaskCommand.Granted(List.of(), refused));
  }

  private ReplyEffect<TaskEvent, TaskState> acknowledgeOnly(TaskCommand.ReportAttempts report) {
    return Effect()
        .reply(report.replyTo(), new TaskCommand.Reported(attempts(report), attempts(report)));
  }

  private ReplyEffect<TaskEvent, TaskState> stopAll(TaskCommand.Reconcile reconcile) {
    return Effect()
        .reply(reconcile.replyTo(), new TaskCommand.Reconciled(reconcile.running(), List.of()));
  }

  private ReplyEffect<TaskEvent, TaskState> done(ActorRef<Done> replyTo) {
    return Effect().reply(replyTo, Done.getInstance());
  }

  private ReplyEffect<TaskEvent, TaskState> accept(ActorRef<Reply> replyTo) {
    return Effect().reply(replyTo, new Accepted());
  }

  private ReplyEffect<TaskEvent, TaskState> notFound(ActorRef<Reply> replyTo) {
    return refuse(replyTo, Refusal.NOT_FOUND, "there is no task " + id);
  }

  private ReplyEffect<TaskEvent, TaskState> isFinal(ActorRef<Reply> replyTo, String what) {
    return refuse(replyTo, Refusal.CONFLICT, what + " is final: nothing of it is left to cancel");
  }

  private ReplyEffect<TaskEvent, TaskState> refuse(
      ActorRef<Reply> replyTo, Refusal refusal, String message) {
    return Effect().reply(replyTo, new Refused(refusal, message));
  }

  /** Whatever a task decides, it also does what is due. */
  private <R> ReplyEffect<TaskEvent, TaskState> decided(
      Decision decision, ActorRef<R> replyTo, R answer) {
    doWhatIsDue(decision, Firings.BY);
    return commit(decision, replyTo, answer);
  }

  private void doWhatIsDue(Decision decision, String by) {
    Firings.fireDue(id, surroundings.fleet(), by, decision);
    Attempts.grantAtOnce(surroundings.slots(), surroundings.plugins(), decision);
    decision.conclude();
  }

  /** Commits the decision, then tells the dispatcher, then answers. */
  private <R> ReplyEffect<TaskEvent, TaskState> commit(
      Decision decision, ActorRef<R> replyTo, R answer) {
    return Effect()
        .persist(decision.events())
        .thenRun(state -> decision.notices().forEach(surroundings.dispatcher()::tell))
        .thenReply(replyTo, state -> answer);
  }

  private static List<AttemptId> attempts(TaskCommand.ReportAttempts report) {
    return report.reports().stream().map(AttemptReport::attempt).toList();
  }

  private Instant now() {
    return surroundings.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public EventHandler<TaskState, TaskEvent> eventHandler() {
    return newEventHandlerBuilder().forAnyState().onAnyEvent(TaskState::on);
  }
}

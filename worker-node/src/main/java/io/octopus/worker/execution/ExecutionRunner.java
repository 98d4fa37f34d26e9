package io.octopus.worker.execution;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.octopus.plugin.run.ActionContext;
import io.octopus.plugin.run.ActionError;
import io.octopus.plugin.run.ActionOutcome;
import io.octopus.plugin.run.ActionRequest;
import io.octopus.plugin.run.FailureReason;
import io.octopus.plugin.run.RunningAction;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.protocol.work.StartOrder;
import io.octopus.worker.link.Delivery;
import io.octopus.worker.plugin.PluginCache;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Runs one attempt, from start to outcome: {@code fetching → running → handing over → gone}.
 *
 * <p>It ends, and with it its slot is free, when the outcome is safe in the spool. An attempt that
 * is to be dropped leaves nothing behind; one that is given up is reported as lost, unless it has
 * ended by itself in the meantime.
 */
final class ExecutionRunner {

  /** What a runner is told. */
  sealed interface Command {}

  /** Ends the attempt; nobody wants its outcome. */
  record Drop() implements Command {}

  /** Ends the attempt and reports it as lost. */
  record GiveUp(String why) implements Command {}

  private record FromCache(PluginCache.Answer answer) implements Command {}

  private record FetchDeadline() implements Command {}

  private record Ended(ActionOutcome outcome) implements Command {}

  private record Packed(AttemptOutcome outcome) implements Command {}

  private record Safe() implements Command {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final RunnerTools tools;
  private final StartOrder order;
  private final AttemptOutput output;
  private final AttemptFiles files;
  private final Instant startedAt;

  static Behavior<Command> create(StartOrder order, RunnerTools tools) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ExecutionRunner(context, timers, order, tools).fetch()));
  }

  private ExecutionRunner(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      StartOrder order,
      RunnerTools tools) {
    this.context = context;
    this.timers = timers;
    this.order = order;
    this.tools = tools;
    startedAt = tools.clock().instant();
    files = new AttemptFiles(order.attempt(), tools.files(), tools.limits().maxArtefacts());
    output =
        new AttemptOutput(
            order.attempt(),
            tools.outputs().file(order.attempt()),
            tools.limits().maxOutput(),
            new OutputNews(order.attempt(), tools),
            files,
            tools.clock());
    tools.streamer().tell(new OutputStreamer.Opened(output));
  }

  private Behavior<Command> fetch() {
    timers.startSingleTimer(new FetchDeadline(), order.call().timeout());
    tools
        .cache()
        .tell(
            new PluginCache.Get(
                order.call().plugin(),
                context.messageAdapter(PluginCache.Answer.class, FromCache::new)));
    return Behaviors.receive(Command.class)
        .onMessage(FromCache.class, this::onFromCache)
        .onMessage(
            FetchDeadline.class,
            late ->
                handOver(new AttemptOutcome.TimedOut("the plugin could not be fetched in time")))
        .onMessage(Drop.class, drop -> drop())
        .onMessage(GiveUp.class, up -> handOver(new AttemptOutcome.Lost(up.why())))
        .build();
  }

  private Behavior<Command> onFromCache(FromCache from) {
    timers.cancel(new FetchDeadline());
    if (from.answer() instanceof PluginCache.Missing missing) {
      return handOver(Outcomes.failed(FailureReason.PLUGIN_MISSING, missing.message()));
    }
    var file = ((PluginCache.Ready) from.answer()).file();
    var action = tools.plugins().start(request(file), output);
    context.pipeToSelf(
        action.outcome(),
        (outcome, failure) ->
            new Ended(
                failure == null
                    ? outcome
                    : new ActionOutcome.Failed(
                        FailureReason.EXCEPTION,
                        new ActionError("octopus", "the plugin could not be run: " + failure, null),
                        "null")));
    return running(action);
  }

  private ActionRequest request(Path file) {
    var call = order.call();
    var attempt = order.attempt();
    return new ActionRequest(
        file,
        call.plugin().name(),
        call.plugin().version(),
        call.action(),
        call.args(),
        call.kwargs(),
        call.timeout(),
        new ActionContext(
            attempt.task().value(),
            attempt.execution().run().value(),
            attempt.execution().value(),
            attempt.number(),
            order.fireTime(),
            tools.client()),
        tools.limits().maxSize());
  }

  private Behavior<Command> running(RunningAction action) {
    return Behaviors.receive(Command.class)
        .onMessage(
            Ended.class, ended -> handOver(Outcomes.of(ended.outcome(), tools.limits().maxSize())))
        .onMessage(Drop.class, drop -> dropping(action))
        .onMessage(GiveUp.class, up -> givingUp(action, up.why()))
        .build();
  }

  private Behavior<Command> dropping(RunningAction action) {
    action.cancel();
    return Behaviors.receive(Command.class)
        .onMessage(Ended.class, ended -> drop())
        .onMessage(Drop.class, again -> Behaviors.same())
        .onMessage(GiveUp.class, again -> Behaviors.same())
        .build();
  }

  private Behavior<Command> givingUp(RunningAction action, String why) {
    context.getLog().warn("Giving up {}: {}", order.attempt(), why);
    action.cancel();
    return Behaviors.receive(Command.class)
        .onMessage(
            Ended.class,
            ended ->
                handOver(
                    ended.outcome() instanceof ActionOutcome.Cancelled
                        ? new AttemptOutcome.Lost(why)
                        : Outcomes.of(ended.outcome(), tools.limits().maxSize())))
        .onMessage(Drop.class, drop -> dropping(action))
        .onMessage(GiveUp.class, again -> Behaviors.same())
        .build();
  }

  /** A large result is written to the disk first. */
  private Behavior<Command> handOver(AttemptOutcome outcome) {
    if (!AttemptFiles.hasLargeResult(outcome)) {
      return handOverPacked(outcome);
    }
    context.pipeToSelf(
        CompletableFuture.supplyAsync(() -> pack(outcome), tools.blocking()),
        (packed, failure) ->
            new Packed(
                failure == null
                    ? packed
                    : Outcomes.failed(
                        FailureReason.EXCEPTION, "the result could not be kept: " + failure)));
    return Behaviors.receive(Command.class)
        .onMessage(Packed.class, packed -> handOverPacked(packed.outcome()))
        .onAnyMessage(tooLate -> Behaviors.same())
        .build();
  }

  private AttemptOutcome pack(AttemptOutcome outcome) {
    try {
      return files.withoutLargeResult(outcome);
    } catch (IOException e) {
      return Outcomes.failed(
          FailureReason.EXCEPTION, "the result could not be kept on the client's disk: " + e);
    }
  }

  /** The outcome goes first: output can only be all stored of an attempt that was handed over. */
  private Behavior<Command> handOverPacked(AttemptOutcome outcome) {
    var hasOutput = output.close();
    var left = files.kept();
    tools
        .delivery()
        .tell(
            new Delivery.HandOver(
                new AttemptReport(order.attempt(), outcome, startedAt, tools.clock().instant()),
                hasOutput,
                !left.isEmpty(),
                context.messageAdapter(Delivery.Safe.class, safe -> new Safe())));
    tools.streamer().tell(new OutputStreamer.Finished(order.attempt()));
    tools.sender().tell(new FileSender.Finished(order.attempt(), left));
    return Behaviors.receive(Command.class)
        .onMessage(Safe.class, safe -> Behaviors.stopped())
        .onAnyMessage(tooLate -> Behaviors.same())
        .build();
  }

  private Behavior<Command> drop() {
    output.close();
    tools.streamer().tell(new OutputStreamer.Abandoned(order.attempt()));
    tools.sender().tell(new FileSender.Abandoned(order.attempt()));
    return Behaviors.stopped();
  }
}

package io.octopus.coordinator;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.japi.function.Function;
import io.octopus.coordinator.fleet.Fleet;
import io.octopus.coordinator.http.ClientCommands;
import io.octopus.coordinator.store.AuditTrail;
import io.octopus.coordinator.store.AuditTrail.ClientChange;
import io.octopus.protocol.WorkerName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the API asks of the fleet. */
record FleetCommands(ActorSystem<?> system, ActorRef<Fleet.Command> fleet, AuditTrail audit)
    implements ClientCommands {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  @Override
  public CompletionStage<Reply> drain(WorkerName client, String by) {
    return ask(replyTo -> new Fleet.SetDraining(client, true, replyTo))
        .thenCompose(audited(client, ClientChange.DRAINED, by));
  }

  @Override
  public CompletionStage<Reply> resume(WorkerName client, String by) {
    return ask(replyTo -> new Fleet.SetDraining(client, false, replyTo))
        .thenCompose(audited(client, ClientChange.RESUMED, by));
  }

  @Override
  public CompletionStage<Reply> forget(WorkerName client, String by) {
    return ask(replyTo -> new Fleet.Forget(client, replyTo))
        .thenCompose(audited(client, ClientChange.FORGOTTEN, by));
  }

  /** Answers what was done once the audit trail says so. */
  private java.util.function.Function<Reply, CompletionStage<Reply>> audited(
      WorkerName client, ClientChange change, String by) {
    return reply ->
        reply instanceof Reply.Accepted
            ? audit.clientChanged(client, change, by).thenApply(done -> reply)
            : CompletableFuture.completedStage(reply);
  }

  private CompletionStage<Reply> ask(Function<ActorRef<Fleet.Answer>, Fleet.Command> command) {
    return AskPattern.ask(fleet, command, ANSWER_WITHIN, system.scheduler())
        .thenApply(
            answer ->
                switch (answer) {
                  case DONE -> new Reply.Accepted();
                  case UNKNOWN -> new Reply.Unknown();
                  case NOT_OFFLINE -> new Reply.Refused("the client is not Offline");
                });
  }
}

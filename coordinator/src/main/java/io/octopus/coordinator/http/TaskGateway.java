package io.octopus.coordinator.http;

import akka.actor.typed.ActorRef;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.protocol.TaskId;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reaches a task wherever in the cluster it lives. */
@FunctionalInterface
public interface TaskGateway {

  /** Fails with a {@link java.util.concurrent.TimeoutException} when there is no answer in time. */
  <R> CompletionStage<R> ask(TaskId task, Function<ActorRef<R>, TaskCommand> command);
}

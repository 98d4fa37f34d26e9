package io.octopus.coordinator.dispatch;

import akka.actor.typed.ActorRef;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.protocol.TaskId;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks tasks, wherever in the cluster they live. */
public interface Tasks {

  /** The answer; fails when none comes in time, which says nothing about what was done. */
  <R> CompletionStage<R> ask(TaskId task, Function<ActorRef<R>, TaskCommand> command);
}

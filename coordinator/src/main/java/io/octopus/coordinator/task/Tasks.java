package io.octopus.coordinator.task;

import akka.actor.typed.ActorRef;
import io.octopus.protocol.TaskId;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks tasks, wherever in the cluster they live. */
public interface Tasks {

  /**
   * The answer; fails with a {@link java.util.concurrent.TimeoutException} when none comes in time,
   * which says nothing about what was done.
   */
  <R> CompletionStage<R> ask(TaskId task, Function<ActorRef<R>, TaskCommand> command);
}

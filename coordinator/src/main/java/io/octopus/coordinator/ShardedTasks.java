package io.octopus.coordinator;

import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.coordinator.task.TaskEntity;
import io.octopus.coordinator.task.Tasks;
import io.octopus.protocol.TaskId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Tasks, found by sharding. */
record ShardedTasks(ClusterSharding sharding) implements Tasks {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  @Override
  public <R> CompletionStage<R> ask(TaskId task, Function<ActorRef<R>, TaskCommand> command) {
    return sharding.entityRefFor(TaskEntity.KEY, task.value()).ask(command::apply, ANSWER_WITHIN);
  }
}

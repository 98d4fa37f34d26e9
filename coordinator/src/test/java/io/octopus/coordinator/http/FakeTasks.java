package io.octopus.coordinator.http;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.coordinator.task.Tasks;
import io.octopus.protocol.TaskId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Remembers what the tasks were asked and answers what a test says. */
final class FakeTasks implements Tasks {
  final List<TaskCommand> asked = new CopyOnWriteArrayList<>();
  final List<TaskId> ids = new CopyOnWriteArrayList<>();

  private final ActorSystem<?> system;
  private volatile Function<TaskCommand, CompletionStage<TaskCommand.Reply>> answer =
      FakeTasks::allDone;

  FakeTasks(ActorSystem<?> system) {
    this.system = system;
  }

  void reset() {
    asked.clear();
    ids.clear();
    answer = FakeTasks::allDone;
  }

  void answer(TaskCommand.Reply reply) {
    answer = command -> CompletableFuture.completedFuture(reply);
  }

  void fail(Exception failure) {
    answer = command -> CompletableFuture.failedFuture(failure);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> CompletionStage<R> ask(TaskId task, Function<ActorRef<R>, TaskCommand> command) {
    TaskCommand asking = command.apply(system.ignoreRef());
    asked.add(asking);
    ids.add(task);
    return answer.apply(asking).thenApply(reply -> (R) reply);
  }

  private static CompletionStage<TaskCommand.Reply> allDone(TaskCommand command) {
    return CompletableFuture.completedFuture(
        command instanceof TaskCommand.Fire
            ? new TaskCommand.RunAccepted(new TaskId("t1").run(2))
            : new TaskCommand.Accepted());
  }
}

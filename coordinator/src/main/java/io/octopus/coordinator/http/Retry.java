package io.octopus.coordinator.http;

import static io.octopus.coordinator.http.ApiCall.ANONYMOUS;

import akka.http.javadsl.model.HttpResponse;
import io.octopus.coordinator.store.UnfinishedWork.Undone;
import io.octopus.coordinator.store.UnfinishedWork.UndoneExecution;
import io.octopus.coordinator.task.RunTrigger;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.coordinator.task.TaskCommand.Reply;
import io.octopus.coordinator.task.Tasks;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.WorkerName;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * Starts a new run for what did not complete, with the arguments that the old run had. What is
 * final can be read from the rows: it never changes.
 */
record Retry(Tasks tasks, Rows rows) {

  /** All of a run that did not complete. */
  CompletionStage<HttpResponse> run(RunId run) {
    return undone(run)
        .thenCompose(
            undone -> {
              if (!undone.isFinal()) {
                throw conflict("run " + run + " is not final yet: cancel it first, or wait");
              }
              return fire(undone, undone.executions(), "run " + run);
            });
  }

  /** One execution that did not complete. */
  CompletionStage<HttpResponse> execution(ExecutionId execution, boolean isFinal) {
    if (!isFinal) {
      throw conflict("execution " + execution + " is not final yet: cancel it first, or wait");
    }
    return undone(execution.run())
        .thenCompose(
            undone ->
                fire(
                    undone,
                    undone.executions().stream()
                        .filter(candidate -> candidate.execution().equals(execution))
                        .toList(),
                    "execution " + execution));
  }

  private CompletionStage<Undone> undone(RunId run) {
    return rows.undoneOf(run).thenApply(undone -> ApiCall.found(undone, "run", run));
  }

  private CompletionStage<HttpResponse> fire(
      Undone undone, List<UndoneExecution> executions, String what) {
    if (executions.isEmpty()) {
      throw conflict(what + " left nothing undone");
    }
    List<WorkerName> clients =
        executions.stream().map(UndoneExecution::client).filter(Objects::nonNull).toList();
    return tasks
        .<Reply>ask(
            undone.run().task(),
            replyTo ->
                new TaskCommand.Fire(
                    RunTrigger.RETRY,
                    undone.args(),
                    undone.kwargs(),
                    clients.isEmpty() ? null : clients,
                    ANONYMOUS,
                    replyTo))
        .thenApply(ApiCall::startedRun);
  }

  private static RequestRefused conflict(String detail) {
    return new RequestRefused(ProblemKind.CONFLICT, detail);
  }
}

package io.octopus.coordinator.http;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;
import static io.octopus.coordinator.http.ApiCall.ANONYMOUS;
import static io.octopus.coordinator.http.ApiCall.handledBy;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.PathMatcher1;
import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.octopus.coordinator.store.ExecutionFilter;
import io.octopus.coordinator.task.ExecutionStatus;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.coordinator.task.TaskCommand.Reply;
import io.octopus.coordinator.task.Tasks;
import io.octopus.protocol.ExecutionId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Calls on executions; their logs are read through {@link LogRoutes}. */
final class ExecutionRoutes {
  private final Tasks tasks;
  private final Rows rows;
  private final Retry retry;

  ExecutionRoutes(Tasks tasks, Rows rows) {
    this.tasks = tasks;
    this.rows = rows;
    this.retry = new Retry(tasks, rows);
  }

  Route routes() {
    PathMatcher1<String> execution = segment("executions").slash(segment());
    return concat(
        path("executions", () -> get(() -> handledBy(this::list))),
        path(execution, id -> get(() -> handledBy(request -> show(id)))),
        path(execution.slash("cancel"), id -> post(() -> handledBy(request -> cancel(id)))),
        path(execution.slash("retry"), id -> post(() -> handledBy(request -> retry(id)))));
  }

  private CompletionStage<HttpResponse> list(HttpRequest request) {
    QueryParameters query =
        QueryParameters.of(
            request, "task_id", "run_id", "client", "status", "since", "until", "limit", "cursor");
    ExecutionFilter filter =
        new ExecutionFilter(
            query.text("task_id"),
            query.text("run_id"),
            query.text("client"),
            query.anyOf("status", ExecutionStatus.class),
            query.time("since"),
            query.time("until"));
    return rows.executions(filter, query.page())
        .thenApply(page -> ApiJson.page(page.items(), page.nextCursor()));
  }

  private CompletionStage<HttpResponse> show(String id) {
    ExecutionId execution = ApiCall.executionId(id);
    return row(execution).thenCompose(row -> whole(execution, row)).thenApply(ApiJson::ok);
  }

  /** A large result is added to its row as the text it is: it is nobody's business here. */
  private CompletionStage<ObjectNode> whole(ExecutionId id, ObjectNode row) {
    if (!row.path("result_omitted").asBoolean()) {
      return CompletableFuture.completedFuture(row);
    }
    return rows.storedResult(id)
        .thenApply(
            result -> {
              result.ifPresent(
                  text ->
                      row.put("result_omitted", false).putRawValue("result", new RawValue(text)));
              return row;
            });
  }

  private CompletionStage<HttpResponse> cancel(String text) {
    ExecutionId id = ApiCall.executionId(text);
    return row(id)
        .thenCompose(
            row -> {
              if (isFinal(row)) {
                throw new RequestRefused(ProblemKind.CONFLICT, "execution " + id + " is final");
              }
              return tasks.<Reply>ask(
                  id.task(), replyTo -> new TaskCommand.CancelExecution(id, ANONYMOUS, replyTo));
            })
        .thenCompose(
            reply -> {
              ApiCall.accepted(reply);
              return row(id);
            })
        .thenApply(row -> ApiJson.answer(202, row));
  }

  private CompletionStage<HttpResponse> retry(String text) {
    ExecutionId id = ApiCall.executionId(text);
    return row(id).thenCompose(row -> retry.execution(id, isFinal(row)));
  }

  private CompletionStage<ObjectNode> row(ExecutionId id) {
    return rows.execution(id).thenApply(row -> ApiCall.found(row, "execution", id));
  }

  static boolean isFinal(ObjectNode execution) {
    return ExecutionStatus.valueOf(execution.path("status").asText()).isFinal();
  }
}

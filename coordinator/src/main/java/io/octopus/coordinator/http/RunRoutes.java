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
import io.octopus.coordinator.store.RunFilter;
import io.octopus.coordinator.task.RunStatus;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.coordinator.task.TaskCommand.Reply;
import io.octopus.coordinator.task.Tasks;
import io.octopus.protocol.RunId;
import java.util.concurrent.CompletionStage;

/** Calls on runs. */
final class RunRoutes {
  private final Tasks tasks;
  private final Rows rows;
  private final Retry retry;

  RunRoutes(Tasks tasks, Rows rows) {
    this.tasks = tasks;
    this.rows = rows;
    this.retry = new Retry(tasks, rows);
  }

  Route routes() {
    PathMatcher1<String> run = segment("runs").slash(segment());
    return concat(
        path("runs", () -> get(() -> handledBy(this::list))),
        path(run, id -> get(() -> handledBy(request -> show(id)))),
        path(run.slash("cancel"), id -> post(() -> handledBy(request -> cancel(id)))),
        path(run.slash("retry"), id -> post(() -> handledBy(request -> retry(id)))));
  }

  private CompletionStage<HttpResponse> list(HttpRequest request) {
    QueryParameters query = QueryParameters.of(request, "task_id", "status", "limit", "cursor");
    RunFilter filter = new RunFilter(query.text("task_id"), query.anyOf("status", RunStatus.class));
    return rows.runs(filter, query.page())
        .thenApply(page -> ApiJson.page(page.items(), page.nextCursor()));
  }

  private CompletionStage<HttpResponse> show(String id) {
    return row(ApiCall.runId(id)).thenApply(ApiJson::ok);
  }

  private CompletionStage<HttpResponse> cancel(String text) {
    RunId id = ApiCall.runId(text);
    return row(id)
        .thenCompose(
            row -> {
              if (row.path("finished_at").isTextual()) {
                throw new RequestRefused(ProblemKind.CONFLICT, "run " + id + " is final");
              }
              return tasks.<Reply>ask(
                  id.task(), replyTo -> new TaskCommand.CancelRun(id, ANONYMOUS, replyTo));
            })
        .thenCompose(
            reply -> {
              ApiCall.accepted(reply);
              return row(id);
            })
        .thenApply(row -> ApiJson.answer(202, row));
  }

  private CompletionStage<HttpResponse> retry(String id) {
    return retry.run(ApiCall.runId(id));
  }

  private CompletionStage<ObjectNode> row(RunId id) {
    return rows.run(id).thenApply(row -> ApiCall.found(row, "run", id));
  }
}

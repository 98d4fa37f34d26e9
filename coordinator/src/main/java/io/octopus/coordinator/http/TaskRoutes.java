package io.octopus.coordinator.http;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.segment;
import static io.octopus.coordinator.http.ApiCall.ANONYMOUS;
import static io.octopus.coordinator.http.ApiCall.handledBy;

import akka.actor.typed.ActorRef;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Location;
import akka.http.javadsl.server.PathMatcher1;
import akka.http.javadsl.server.Route;
import akka.stream.Materializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.store.PageRequest;
import io.octopus.coordinator.store.StoredTask;
import io.octopus.coordinator.store.TaskFilter;
import io.octopus.coordinator.task.RunTrigger;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.coordinator.task.TaskCommand.Refusal;
import io.octopus.coordinator.task.TaskCommand.Refused;
import io.octopus.coordinator.task.TaskCommand.Reply;
import io.octopus.coordinator.task.TaskDefinition;
import io.octopus.coordinator.task.TaskStatus;
import io.octopus.coordinator.task.Tasks;
import io.octopus.protocol.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls on tasks. */
final class TaskRoutes {
  private static final List<String> TYPES = List.of("Adhoc", "Scheduled", "Interval");

  private final Tasks tasks;
  private final Rows rows;
  private final PluginDirectory plugins;
  private final TaskRequest requests;
  private final TaskIds ids;
  private final Materializer streams;

  TaskRoutes(
      Tasks tasks,
      Rows rows,
      PluginDirectory plugins,
      TaskRequest requests,
      TaskIds ids,
      Materializer streams) {
    this.tasks = tasks;
    this.rows = rows;
    this.plugins = plugins;
    this.requests = requests;
    this.ids = ids;
    this.streams = streams;
  }

  Route routes() {
    PathMatcher1<String> task = segment("tasks").slash(segment());
    return concat(
        path(
            "tasks",
            () -> concat(post(() -> handledBy(this::create)), get(() -> handledBy(this::list)))),
        path(
            task,
            id ->
                concat(
                    get(() -> handledBy(request -> show(id))),
                    put(() -> handledBy(request -> edit(id, request))),
                    delete(() -> handledBy(request -> remove(id))))),
        path(task.slash("history"), id -> get(() -> handledBy(request -> history(id, request)))),
        path(task.slash("run"), id -> post(() -> handledBy(request -> run(id, request)))),
        path(
            task.slash("pause"),
            id -> post(() -> handledBy(request -> tell(id, TaskRoutes::pause)))),
        path(
            task.slash("resume"),
            id -> post(() -> handledBy(request -> tell(id, TaskRoutes::resume)))),
        path(
            task.slash("cancel"),
            id -> post(() -> handledBy(request -> tell(id, TaskRoutes::cancel)))));
  }

  private CompletionStage<HttpResponse> create(HttpRequest request) {
    Optional<String> key = IdempotencyKey.of(request);
    TaskId id = key.map(TaskIds::ofKey).orElseGet(ids::fresh);
    return RequestBody.object(request, streams)
        .thenCompose(
            body ->
                definition(body)
                    .handle(
                        (definition, refused) ->
                            refused == null
                                ? create(id, definition, body)
                                : createdBefore(id, key, body, refused)))
        .thenCompose(Function.identity())
        .thenCompose(reply -> acceptedRow(id, reply))
        .thenApply(task -> shown(task, 201).addHeader(Location.create("/tasks/" + id)));
  }

  private CompletionStage<Reply> create(TaskId id, TaskDefinition definition, ObjectNode body) {
    return ask(
        id, replyTo -> new TaskCommand.Create(definition, Sha256.of(body), ANONYMOUS, replyTo));
  }

  /** What may not be created any more may have been: then it is answered as it was at the time. */
  private CompletionStage<Reply> createdBefore(
      TaskId id, Optional<String> key, ObjectNode body, Throwable refused) {
    if (key.isEmpty()) {
      return CompletableFuture.failedStage(refused);
    }
    return this.<Reply>ask(id, replyTo -> new TaskCommand.WasCreated(Sha256.of(body), replyTo))
        .thenCompose(
            reply ->
                reply instanceof Refused no && no.refusal() == Refusal.NOT_FOUND
                    ? CompletableFuture.failedStage(refused)
                    : CompletableFuture.completedStage(reply));
  }

  private CompletionStage<HttpResponse> list(HttpRequest request) {
    QueryParameters query =
        QueryParameters.of(
            request, "status", "owner", "plugin", "type", "client", "q", "limit", "cursor");
    TaskFilter filter =
        new TaskFilter(
            query.anyOf("status", TaskStatus.class),
            query.text("owner"),
            query.text("plugin"),
            type(query.text("type")),
            query.text("client"),
            query.text("q"));
    return rows.tasks(filter, query.page())
        .thenApply(page -> ApiJson.page(page.items(), page.nextCursor()));
  }

  private static @Nullable String type(@Nullable String text) {
    return text == null ? null : QueryParameters.oneOf("type", text, TYPES);
  }

  private CompletionStage<HttpResponse> show(String id) {
    return row(id).thenApply(task -> shown(task, 200));
  }

  /** Deleted tasks have theirs, too, and it may outlive their row. */
  private CompletionStage<HttpResponse> history(String text, HttpRequest request) {
    TaskId id = ApiCall.taskId(text);
    PageRequest page = QueryParameters.of(request, "limit", "cursor").numberedPage();
    return rows.history(id, page)
        .thenApply(
            history -> {
              if (history.items().isEmpty() && page.after() == null) {
                throw RequestRefused.notFound("task", text);
              }
              return ApiJson.page(history.items(), history.nextCursor());
            });
  }

  private CompletionStage<HttpResponse> edit(String id, HttpRequest request) {
    return row(id)
        .thenCompose(
            task -> {
              Integer expected = EntityVersion.expected(request, task.version());
              return RequestBody.object(request, streams)
                  .thenCompose(this::definition)
                  .thenCompose(
                      definition ->
                          this.<Reply>ask(
                              new TaskId(id),
                              replyTo ->
                                  new TaskCommand.Edit(definition, expected, ANONYMOUS, replyTo)));
            })
        .thenCompose(reply -> acceptedRow(new TaskId(id), reply))
        .thenApply(task -> shown(task, 200));
  }

  private CompletionStage<HttpResponse> remove(String id) {
    return row(id)
        .thenCompose(
            task ->
                this.<Reply>ask(
                    new TaskId(id), replyTo -> new TaskCommand.Delete(ANONYMOUS, replyTo)))
        .thenApply(
            reply -> {
              ApiCall.accepted(reply);
              return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
            });
  }

  private CompletionStage<HttpResponse> run(String id, HttpRequest request) {
    return row(id)
        .thenCompose(task -> plugins.refresh(task.json().path("plugin").asText()))
        .thenCompose(done -> RequestBody.optionalObject(request, streams))
        .thenCompose(
            body -> {
              BodyFields fields = new BodyFields(body);
              fields.allow(Set.of("args", "kwargs"));
              String args = fields.array("args").orElse(null);
              String kwargs = fields.object("kwargs").orElse(null);
              fields.refuseIfWrong();
              return this.<Reply>ask(
                  new TaskId(id),
                  replyTo ->
                      new TaskCommand.Fire(
                          RunTrigger.MANUAL, args, kwargs, null, ANONYMOUS, replyTo));
            })
        .thenApply(ApiCall::startedRun);
  }

  private static TaskCommand pause(ActorRef<Reply> replyTo) {
    return new TaskCommand.Pause(ANONYMOUS, replyTo);
  }

  private static TaskCommand resume(ActorRef<Reply> replyTo) {
    return new TaskCommand.Resume(ANONYMOUS, replyTo);
  }

  private static TaskCommand cancel(ActorRef<Reply> replyTo) {
    return new TaskCommand.CancelTask(ANONYMOUS, replyTo);
  }

  /** Has the task do something, and shows its row after that. */
  private CompletionStage<HttpResponse> tell(
      String id, Function<ActorRef<Reply>, TaskCommand> command) {
    return row(id)
        .thenCompose(task -> ask(new TaskId(id), command))
        .thenCompose(reply -> acceptedRow(new TaskId(id), reply))
        .thenApply(task -> shown(task, 200));
  }

  private <R> CompletionStage<R> ask(TaskId id, Function<ActorRef<R>, TaskCommand> command) {
    return tasks.ask(id, command);
  }

  /** The definition that a body describes, once its plugin's file is known as it is now. */
  private CompletionStage<TaskDefinition> definition(ObjectNode body) {
    return FreshPlugin.of(body, plugins).thenApply(done -> requests.read(body));
  }

  /** The row of a task that is there. */
  private CompletionStage<StoredTask> row(String id) {
    return rows.task(ApiCall.taskId(id))
        .thenApply(row -> ApiCall.found(row.filter(task -> !task.deleted()), "task", id));
  }

  /** The row that committed with the command, also of a task that is deleted by now. */
  private CompletionStage<StoredTask> acceptedRow(TaskId id, Reply reply) {
    ApiCall.accepted(reply);
    return rows.task(id).thenApply(row -> ApiCall.found(row, "task", id));
  }

  private static HttpResponse shown(StoredTask task, int status) {
    return ApiJson.answer(status, task.json()).addHeader(EntityVersion.tag(task.version()));
  }
}

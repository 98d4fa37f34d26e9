package io.octopus.coordinator.http;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;
import static io.octopus.coordinator.http.ApiCall.ANONYMOUS;
import static io.octopus.coordinator.http.ApiCall.handledBy;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.PathMatcher1;
import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.http.ClientCommands.Reply;
import io.octopus.protocol.WorkerName;
import java.util.concurrent.CompletionStage;

/** Calls on clients. */
final class ClientRoutes {
  private final ClientCommands commands;
  private final Rows rows;

  ClientRoutes(ClientCommands commands, Rows rows) {
    this.commands = commands;
    this.rows = rows;
  }

  Route routes() {
    PathMatcher1<String> client = segment("clients").slash(segment());
    return concat(
        path("clients", () -> get(() -> handledBy(this::list))),
        path(
            client,
            name ->
                concat(
                    get(() -> handledBy(request -> show(name))),
                    delete(() -> handledBy(request -> forget(name))))),
        path(client.slash("drain"), name -> post(() -> handledBy(request -> drain(name)))),
        path(client.slash("resume"), name -> post(() -> handledBy(request -> resume(name)))));
  }

  private CompletionStage<HttpResponse> list(HttpRequest request) {
    NamedPage page = NamedPage.of(QueryParameters.of(request, "limit", "cursor"));
    return rows.clients().thenApply(page::answer);
  }

  private CompletionStage<HttpResponse> show(String name) {
    return row(named(name)).thenApply(ApiJson::ok);
  }

  private CompletionStage<HttpResponse> drain(String text) {
    WorkerName name = named(text);
    return commands.drain(name, ANONYMOUS).thenCompose(reply -> changed(name, reply));
  }

  private CompletionStage<HttpResponse> resume(String text) {
    WorkerName name = named(text);
    return commands.resume(name, ANONYMOUS).thenCompose(reply -> changed(name, reply));
  }

  private CompletionStage<HttpResponse> forget(String text) {
    WorkerName name = named(text);
    return commands
        .forget(name, ANONYMOUS)
        .thenApply(
            reply -> {
              accepted(name, reply);
              return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
            });
  }

  private CompletionStage<HttpResponse> changed(WorkerName name, Reply reply) {
    accepted(name, reply);
    return row(name).thenApply(ApiJson::ok);
  }

  private static void accepted(WorkerName name, Reply reply) {
    if (reply instanceof Reply.Unknown) {
      throw RequestRefused.notFound("client", name.value());
    }
    if (reply instanceof Reply.Refused refused) {
      throw new RequestRefused(ProblemKind.CONFLICT, refused.why());
    }
  }

  private CompletionStage<ObjectNode> row(WorkerName name) {
    return rows.client(name).thenApply(row -> ApiCall.found(row, "client", name));
  }

  /** Nobody can have a name that no worker can have. */
  private static WorkerName named(String text) {
    try {
      return new WorkerName(text);
    } catch (IllegalArgumentException nobody) {
      throw RequestRefused.notFound("client", BodyFields.shortened(text));
    }
  }
}

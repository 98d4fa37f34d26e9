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

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Location;
import akka.http.javadsl.server.Route;
import akka.stream.Materializer;
import io.octopus.coordinator.plugin.DeleteResult;
import io.octopus.coordinator.plugin.Plugin;
import io.octopus.coordinator.plugin.PluginPush;
import io.octopus.coordinator.plugin.PushResult;
import io.octopus.coordinator.plugin.RollbackResult;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Calls on plugins as they are now, and those that change them. */
final class PluginRoutes {
  private final PluginDirectory plugins;
  private final Materializer streams;

  PluginRoutes(PluginDirectory plugins, Materializer streams) {
    this.plugins = plugins;
    this.streams = streams;
  }

  Route routes() {
    return concat(
        path("plugins", () -> get(() -> handledBy(this::list))),
        path(
            segment("plugins").slash(segment()),
            name ->
                concat(
                    get(() -> handledBy(request -> show(name))),
                    put(() -> handledBy(request -> push(name, request))),
                    delete(() -> handledBy(request -> remove(name, request))))),
        path(
            segment("plugins").slash(segment()).slash("rollback"),
            name -> post(() -> handledBy(request -> rollBack(name, request)))),
        path(
            segment("plugins").slash(segment()).slash("requirements"),
            name -> put(() -> handledBy(request -> require(name, request)))));
  }

  private CompletionStage<HttpResponse> list(HttpRequest request) {
    NamedPage page = NamedPage.of(QueryParameters.of(request, "limit", "cursor"));
    return plugins
        .used()
        .thenApply(
            used ->
                page.answer(
                    plugins.all().stream().map(plugin -> PluginJson.of(plugin, used)).toList()));
  }

  /** Whoever has just saved a plugin's file sees what was saved. */
  private CompletionStage<HttpResponse> show(String name) {
    return plugins
        .refresh(name)
        .thenApply(done -> ApiCall.found(plugins.find(name), "plugin", BodyFields.shortened(name)))
        .thenCompose(plugin -> shown(200, plugin));
  }

  private CompletionStage<HttpResponse> push(String name, HttpRequest request) {
    String fileName = QueryParameters.of(request, "filename").text("filename");
    return PluginUpload.of(request, streams)
        .thenCompose(
            upload -> {
              String called = fileName != null ? fileName : upload.fileName();
              if (called == null) {
                throw RequestRefused.invalid("filename", "is required, such as " + name + ".py");
              }
              var requirements = upload.requirements();
              return plugins.push(
                  new PluginPush(
                      name,
                      called,
                      upload.file().toArray(),
                      requirements == null ? null : requirements.toArray(),
                      ANONYMOUS,
                      ContentTag.expected(request, plugins.find(name))));
            })
        .thenCompose(this::answer);
  }

  private CompletionStage<HttpResponse> require(String name, HttpRequest request) {
    QueryParameters.of(request);
    return RequestBody.bytes(request, RequestBody.TASK_LIMIT, streams)
        .thenCompose(
            body ->
                plugins.push(
                    new PluginPush(
                        name,
                        null,
                        null,
                        body.toArray(),
                        ANONYMOUS,
                        ContentTag.expected(request, plugins.find(name)))))
        .thenCompose(
            result -> {
              if (result instanceof PushResult.Unknown) {
                throw RequestRefused.notFound("plugin", BodyFields.shortened(name));
              }
              return answer(result);
            });
  }

  private CompletionStage<HttpResponse> answer(PushResult result) {
    if (result instanceof PushResult.Created created) {
      return shown(201, created.plugin())
          .thenApply(
              answer -> answer.addHeader(Location.create("/plugins/" + created.plugin().name())));
    }
    if (result instanceof PushResult.Updated updated) {
      return shown(200, updated.plugin());
    }
    if (result instanceof PushResult.Unchanged unchanged) {
      return shown(200, unchanged.plugin());
    }
    if (result instanceof PushResult.Broken broken) {
      String line = broken.line() > 0 ? "line " + broken.line() + ": " : "";
      throw RequestRefused.invalid("body", line + broken.message());
    }
    if (result instanceof PushResult.Stale stale) {
      throw ContentTag.stale(stale.serving());
    }
    if (result instanceof PushResult.Refused refused) {
      throw RequestRefused.invalid(refused.part(), refused.rule());
    }
    throw new IllegalStateException("a push of a file was answered " + result);
  }

  private CompletionStage<HttpResponse> rollBack(String name, HttpRequest request) {
    QueryParameters.of(request);
    return RequestBody.optionalObject(request, streams)
        .thenCompose(
            body -> {
              BodyFields fields = new BodyFields(body);
              fields.allow(Set.of("version"));
              String version = fields.text("version", 200).orElse(null);
              fields.refuseIfWrong();
              return PluginVersionRoutes.known(plugins, name)
                  .thenCompose(known -> plugins.rollBack(name, version, ANONYMOUS))
                  .thenCompose(result -> answer(name, version == null ? "" : version, result));
            });
  }

  private CompletionStage<HttpResponse> answer(String name, String version, RollbackResult result) {
    if (result instanceof RollbackResult.Serves serves) {
      return shown(200, serves.plugin());
    }
    if (result instanceof RollbackResult.NoneBefore) {
      throw new RequestRefused(
          ProblemKind.CONFLICT, "no other version of " + name + " has served before");
    }
    if (result instanceof RollbackResult.Ambiguous ambiguous) {
      throw PluginVersionRoutes.ambiguous("version", version, ambiguous.versions());
    }
    throw RequestRefused.invalid(
        "version", "\"%s\" is no version of %s".formatted(BodyFields.shortened(version), name));
  }

  private CompletionStage<HttpResponse> remove(String name, HttpRequest request) {
    boolean force = QueryParameters.of(request, "force").flag("force");
    return plugins
        .delete(name, force, ANONYMOUS)
        .thenApply(
            result -> {
              if (result instanceof DeleteResult.InUse inUse) {
                throw PluginUses.refusal(name, inUse.uses());
              }
              if (result instanceof DeleteResult.Unknown) {
                throw RequestRefused.notFound("plugin", BodyFields.shortened(name));
              }
              return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
            });
  }

  private CompletionStage<HttpResponse> shown(int status, Plugin plugin) {
    return plugins
        .used()
        .thenApply(used -> ApiJson.answer(status, PluginJson.of(plugin, used)))
        .thenApply(
            answer ->
                plugin.isServing() ? answer.addHeader(ContentTag.of(plugin.sha256())) : answer);
  }
}

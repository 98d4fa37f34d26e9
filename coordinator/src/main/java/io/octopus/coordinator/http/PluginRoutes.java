package io.octopus.coordinator.http;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.PathMatchers.segment;
import static io.octopus.coordinator.http.ApiCall.ANONYMOUS;
import static io.octopus.coordinator.http.ApiCall.handledBy;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Location;
import akka.http.javadsl.server.Route;
import akka.stream.Materializer;
import io.octopus.coordinator.plugin.PushResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Calls on plugins. */
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
                    put(() -> handledBy(request -> push(name, request))))));
  }

  private CompletionStage<HttpResponse> list(HttpRequest request) {
    NamedPage page = NamedPage.of(QueryParameters.of(request, "limit", "cursor"));
    return CompletableFuture.completedFuture(
        page.answer(plugins.all().stream().map(PluginJson::of).toList()));
  }

  /** Whoever has just saved a plugin's file sees what was saved. */
  private CompletionStage<HttpResponse> show(String name) {
    return plugins
        .refresh(name)
        .thenApply(done -> ApiCall.found(plugins.find(name), "plugin", BodyFields.shortened(name)))
        .thenApply(plugin -> ApiJson.ok(PluginJson.of(plugin)));
  }

  private CompletionStage<HttpResponse> push(String name, HttpRequest request) {
    String fileName = QueryParameters.of(request, "filename").text("filename");
    if (fileName == null) {
      throw RequestRefused.invalid("filename", "is required, such as " + name + ".py");
    }
    return RequestBody.bytes(request, RequestBody.PLUGIN_LIMIT, streams)
        .thenCompose(bytes -> plugins.push(name, fileName, bytes.toArray(), ANONYMOUS))
        .thenApply(PluginRoutes::answer);
  }

  private static HttpResponse answer(PushResult result) {
    if (result instanceof PushResult.Created created) {
      return ApiJson.answer(201, PluginJson.of(created.plugin()))
          .addHeader(Location.create("/plugins/" + created.plugin().name()));
    }
    if (result instanceof PushResult.Updated updated) {
      return ApiJson.ok(PluginJson.of(updated.plugin()));
    }
    if (result instanceof PushResult.Unchanged unchanged) {
      return ApiJson.ok(PluginJson.of(unchanged.plugin()));
    }
    if (result instanceof PushResult.Broken broken) {
      String line = broken.line() > 0 ? "line " + broken.line() + ": " : "";
      throw RequestRefused.invalid("body", line + broken.message());
    }
    throw RequestRefused.invalid("filename", ((PushResult.Refused) result).rule());
  }
}

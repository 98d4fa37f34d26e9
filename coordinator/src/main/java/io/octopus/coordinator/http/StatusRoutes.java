package io.octopus.coordinator.http;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;
import static io.octopus.coordinator.http.ApiCall.handledBy;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.store.StatusFigures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls about the coordinator itself: its figures, its health and its description. */
final class StatusRoutes {
  private final Rows rows;
  private final PluginDirectory plugins;
  private final Readiness readiness;
  private final String version;
  private final HttpResponse description;

  StatusRoutes(Rows rows, PluginDirectory plugins, Readiness readiness, String version) {
    this.rows = rows;
    this.plugins = plugins;
    this.readiness = readiness;
    this.version = version;
    this.description = openApi();
  }

  Route routes() {
    return concat(
        path("status", () -> get(() -> handledBy(this::status))),
        path(segment("health").slash("live"), () -> get(() -> handledBy(this::live))),
        path(segment("health").slash("ready"), () -> get(() -> handledBy(this::ready))),
        path("openapi.yaml", () -> get(() -> handledBy(this::describe))));
  }

  private CompletionStage<HttpResponse> status(HttpRequest request) {
    return rows.status().thenApply(figures -> ApiJson.ok(json(figures)));
  }

  private ObjectNode json(StatusFigures figures) {
    ObjectNode json = ApiJson.MAPPER.createObjectNode().put("version", version);
    json.set("tasks", counts(figures.tasks()));
    json.set("executions", counts(figures.unfinishedExecutions()));
    json.set("clients", counts(figures.clients()));
    json.put("plugins", plugins.all().size());
    json.putObject("queue")
        .put("length", figures.queueLength())
        .put("oldest_wait_ms", millis(figures.oldestWaitSeconds()));
    json.set("last_24h", counts(figures.lastDay()).put("p95_duration_ms", figures.p95DurationMs()));
    return json;
  }

  private static @Nullable Long millis(@Nullable Long seconds) {
    return seconds == null ? null : Long.valueOf(seconds * 1000);
  }

  /** The counts under their names as the API spells fields: {@code timed_out}. */
  private static ObjectNode counts(Map<String, Long> counts) {
    ObjectNode json = ApiJson.MAPPER.createObjectNode();
    counts.forEach(
        (name, count) ->
            json.put(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT), count));
    return json;
  }

  private CompletionStage<HttpResponse> live(HttpRequest request) {
    return healthy();
  }

  private CompletionStage<HttpResponse> ready(HttpRequest request) {
    Optional<String> obstacle = readiness.obstacle();
    if (obstacle.isPresent()) {
      throw new RequestRefused(ProblemKind.NOT_READY, obstacle.get());
    }
    return healthy();
  }

  private static CompletionStage<HttpResponse> healthy() {
    return CompletableFuture.completedFuture(
        ApiJson.ok(ApiJson.MAPPER.createObjectNode().put("status", "ok")));
  }

  private CompletionStage<HttpResponse> describe(HttpRequest request) {
    return CompletableFuture.completedFuture(description);
  }

  private static HttpResponse openApi() {
    try (InputStream file = StatusRoutes.class.getResourceAsStream("/openapi.yaml")) {
      if (file == null) {
        throw new IllegalStateException("openapi.yaml is not on the class path");
      }
      return HttpResponse.create()
          .withEntity(
              ContentTypes.create(
                  MediaTypes.applicationWithFixedCharset(
                      "yaml", akka.http.javadsl.model.HttpCharsets.UTF_8)),
              file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

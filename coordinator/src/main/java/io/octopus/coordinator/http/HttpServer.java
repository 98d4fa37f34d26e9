package io.octopus.coordinator.http;

import static akka.http.javadsl.server.Directives.concat;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.headers.TimeoutAccess;
import akka.http.javadsl.server.Route;
import akka.japi.function.Function;
import akka.stream.KillSwitches;
import akka.stream.Materializer;
import akka.stream.SharedKillSwitch;
import akka.stream.SystemMaterializer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.octopus.config.ServerSettings;
import io.octopus.coordinator.task.FleetView;
import io.octopus.coordinator.task.Tasks;
import io.octopus.protocol.TaskId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Listens for HTTP: checks that a request is one to be served, hands it to its resource's routes,
 * and makes every answer safe for browsers. Whatever goes wrong ends as problem+json.
 */
public final class HttpServer {
  /** What answers need of us in every case; a page may bring a policy of its own. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "X-Frame-Options", "DENY",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

  private final SharedKillSwitch endless = KillSwitches.shared("event-streams");
  private final RequestIds ids;
  private final RequestGuard guard;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> routes;

  private HttpServer(
      RequestIds ids,
      RequestGuard guard,
      Function<HttpRequest, CompletionStage<HttpResponse>> routes) {
    this.ids = ids;
    this.guard = guard;
    this.routes = routes;
  }

  /**
   * What the API is made of.
   *
   * @param version of the product, for the status page
   * @param random unpredictable: it names tasks
   * @param freshTasks told of each such name before it is used
   */
  public record Parts(
      Tasks tasks,
      Rows rows,
      ClientCommands clients,
      PluginDirectory plugins,
      TaskDefaults defaults,
      FleetView fleet,
      Readiness readiness,
      String version,
      InstantSource clock,
      RandomGenerator random,
      Consumer<TaskId> freshTasks) {}

  /**
   * Binds the API.
   *
   * @param more routes of others, tried after the API's: live feed, dashboard
   */
  public static CompletionStage<ServerBinding> start(
      ActorSystem<?> system, ServerSettings settings, Parts parts, List<Route> more) {
    Materializer streams = SystemMaterializer.get(system).materializer();
    Route api = api(parts, streams);
    Route all =
        concat(api, more.toArray(Route[]::new))
            .seal(ApiErrors.rejections(), ApiErrors.exceptions());
    HttpServer server =
        new HttpServer(
            new RequestIds(parts.random()),
            new RequestGuard(settings.allowedHosts()),
            all.function(system));
    server.endStreamsWith(system);
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .withSettings(akka.http.javadsl.settings.ServerSettings.create(config(system)))
        .bind(server::answer);
  }

  /** Answers that go on for ever must end for a clean stop. */
  private void endStreamsWith(ActorSystem<?> system) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseServiceUnbind(),
            "end-event-streams",
            () -> {
              endless.shutdown();
              return CompletableFuture.completedFuture(Done.getInstance());
            });
  }

  private static Route api(Parts parts, Materializer streams) {
    TaskRequest requests = new TaskRequest(parts.plugins(), parts.defaults(), parts.clock());
    TaskIds ids = new TaskIds(parts.random(), parts.freshTasks());
    return concat(
        new PreviewRoutes(requests, parts.plugins(), parts.fleet(), parts.clock(), streams)
            .routes(),
        new TaskRoutes(parts.tasks(), parts.rows(), parts.plugins(), requests, ids, streams)
            .routes(),
        new RunRoutes(parts.tasks(), parts.rows()).routes(),
        new ExecutionRoutes(parts.tasks(), parts.rows()).routes(),
        new LogRoutes(parts.rows()).routes(),
        new ArtefactRoutes(parts.rows()).routes(),
        new ClientRoutes(parts.clients(), parts.rows()).routes(),
        new PluginRoutes(parts.plugins(), streams).routes(),
        new PluginVersionRoutes(parts.plugins()).routes(),
        new StatusRoutes(parts.rows(), parts.plugins(), parts.readiness(), parts.version())
            .routes());
  }

  private static Config config(ActorSystem<?> system) {
    return ConfigFactory.parseString(
            """
            akka.http.server {
              server-header = octopus
              idle-timeout = 60s
              request-timeout = 20s
              transparent-head-requests = on
              parsing.error-handler = "%s"
            }
            """
                .formatted(UnparsableRequest.class.getName()))
        .withFallback(system.settings().config());
  }

  private CompletionStage<HttpResponse> answer(HttpRequest received) {
    HttpRequest request = ids.identified(received);
    answerTimeouts(request);
    return guarded(request)
        .exceptionally(thrown -> ApiErrors.answer(request, thrown))
        .thenApply(response -> completed(endable(response), request));
  }

  private HttpResponse endable(HttpResponse response) {
    boolean isEndless =
        response.entity().getContentType().mediaType().equals(MediaTypes.TEXT_EVENT_STREAM);
    return isEndless ? response.transformEntityDataBytes(endless.flow()) : response;
  }

  private CompletionStage<HttpResponse> guarded(HttpRequest request) {
    try {
      guard.check(request);
      return routes.apply(request);
    } catch (Exception refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  /** A call that takes too long is answered like a journal that does not answer. */
  private static void answerTimeouts(HttpRequest request) {
    request
        .getHeader(TimeoutAccess.class)
        .ifPresent(
            access ->
                access
                    .timeoutAccess()
                    .updateHandler(
                        late ->
                            completed(
                                ApiErrors.answer(
                                    request,
                                    new RequestRefused(
                                        ProblemKind.NO_JOURNAL, "there was no answer in time")),
                                request)));
  }

  private static HttpResponse completed(HttpResponse response, HttpRequest request) {
    HttpResponse result =
        response.addHeader(RawHeader.create(RequestIds.HEADER, RequestIds.of(request)));
    for (Map.Entry<String, String> header : HEADERS.entrySet()) {
      if (result.getHeader(header.getKey()).isEmpty()) {
        result = result.addHeader(RawHeader.create(header.getKey(), header.getValue()));
      }
    }
    return result;
  }
}

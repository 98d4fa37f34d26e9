package io.octopus.coordinator.http;

import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;
import static io.octopus.coordinator.http.ApiCall.handledBy;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import akka.stream.Materializer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.task.FireTimes;
import io.octopus.coordinator.task.FleetView;
import io.octopus.coordinator.task.ScheduleWords;
import io.octopus.coordinator.task.Targets;
import io.octopus.coordinator.task.TaskDefinition;
import io.octopus.protocol.WorkerName;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Says what a task would do without creating it. */
final class PreviewRoutes {
  private static final int FIRE_TIMES = 5;

  private final TaskRequest requests;
  private final PluginDirectory plugins;
  private final FleetView fleet;
  private final InstantSource clock;
  private final Materializer streams;

  PreviewRoutes(
      TaskRequest requests,
      PluginDirectory plugins,
      FleetView fleet,
      InstantSource clock,
      Materializer streams) {
    this.requests = requests;
    this.plugins = plugins;
    this.fleet = fleet;
    this.clock = clock;
    this.streams = streams;
  }

  Route routes() {
    return path(segment("tasks").slash("preview"), () -> post(() -> handledBy(this::preview)));
  }

  private CompletionStage<HttpResponse> preview(HttpRequest request) {
    return RequestBody.object(request, streams)
        .thenCompose(
            body ->
                FreshPlugin.of(body, plugins)
                    .thenApply(done -> ApiJson.ok(json(requests.readForPreview(body)))));
  }

  private ObjectNode json(TaskDefinition task) {
    Instant now = clock.instant();
    List<Instant> times = new FireTimes(task.schedule(), now).after(Instant.MIN, FIRE_TIMES);
    Targets targets = Targets.of(task.owner(), task.labels(), fleet);
    ObjectNode json = ApiJson.MAPPER.createObjectNode();
    json.put("description", ScheduleWords.of(task.schedule()));
    ArrayNode fireTimes = json.putArray("next_fire_times");
    times.forEach(time -> fireTimes.add(DateTimeFormatter.ISO_INSTANT.format(time)));
    ArrayNode names = json.putArray("targets");
    targets.clients().forEach(client -> names.add(client.map(WorkerName::value).orElse("Anyone")));
    ArrayNode skipped = json.putArray("skipped");
    targets
        .skipped()
        .forEach(
            client ->
                skipped
                    .addObject()
                    .put("client", client.client().value())
                    .put("reason", client.reason()));
    ArrayNode warnings = json.putArray("warnings");
    PreviewWarnings.of(task, fleet, plugins.find(task.plugin()), now).forEach(warnings::add);
    return json;
  }
}

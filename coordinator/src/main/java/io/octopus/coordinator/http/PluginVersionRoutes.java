package io.octopus.coordinator.http;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;
import static io.octopus.coordinator.http.ApiCall.handledBy;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.ContentDisposition;
import akka.http.javadsl.model.headers.ContentDispositionTypes;
import akka.http.javadsl.server.Route;
import io.octopus.coordinator.plugin.Plugin;
import io.octopus.coordinator.plugin.VersionChoice;
import io.octopus.coordinator.plugin.VersionDiff;
import io.octopus.coordinator.store.KeptVersion;
import io.octopus.coordinator.store.PageRequest;
import io.octopus.plugin.archive.PluginFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls on what plugins were. */
final class PluginVersionRoutes {
  private final PluginDirectory plugins;

  PluginVersionRoutes(PluginDirectory plugins) {
    this.plugins = plugins;
  }

  Route routes() {
    return concat(
        below("versions", this::list),
        below("content", this::content),
        below("requirements", this::requirements),
        below("diff", this::diff));
  }

  private interface OfPlugin {
    CompletionStage<HttpResponse> answer(String name, HttpRequest request);
  }

  private static Route below(String what, OfPlugin call) {
    return path(
        segment("plugins").slash(segment()).slash(what),
        name -> get(() -> handledBy(request -> call.answer(name, request))));
  }

  /** Goes on only with a plugin that has a version, be it deleted. */
  static CompletionStage<KeptVersion> known(PluginDirectory plugins, String name) {
    return plugins
        .refresh(name)
        .thenCompose(done -> plugins.versions(name, Integer.MAX_VALUE, 1))
        .thenApply(
            newest ->
                ApiCall.found(newest.stream().findFirst(), "plugin", BodyFields.shortened(name)));
  }

  private CompletionStage<HttpResponse> list(String name, HttpRequest request) {
    QueryParameters query = QueryParameters.of(request, "limit", "cursor");
    int limit =
        query
            .number("limit", 1, PageRequest.MAX_LIMIT)
            .map(Math::toIntExact)
            .orElse(PageRequest.DEFAULT_LIMIT);
    int before =
        query
            .number("cursor", 1, Integer.MAX_VALUE)
            .map(Math::toIntExact)
            .orElse(Integer.MAX_VALUE);
    return known(plugins, name)
        .thenCompose(known -> plugins.versions(name, before, limit + 1))
        .thenApply(
            versions -> {
              boolean more = versions.size() > limit;
              List<KeptVersion> shown = more ? versions.subList(0, limit) : versions;
              return ApiJson.page(
                  shown.stream().map(PluginJson::of).toList(),
                  more ? Integer.toString(shown.get(limit - 1).number()) : null);
            });
  }

  private CompletionStage<HttpResponse> content(String name, HttpRequest request) {
    String version = QueryParameters.of(request, "version").text("version");
    return answered(
        name,
        version,
        (kept, file) ->
            attached(file.fileName(), ContentTypes.APPLICATION_OCTET_STREAM, file.content()));
  }

  private CompletionStage<HttpResponse> requirements(String name, HttpRequest request) {
    String version = QueryParameters.of(request, "version").text("version");
    return answered(
        name,
        version,
        (kept, file) ->
            attached(
                PluginFile.requirementsFileOf(file.fileName()),
                ContentTypes.TEXT_PLAIN_UTF8,
                file.requirements()));
  }

  private interface OfVersion {
    HttpResponse answer(KeptVersion kept, PluginFile file);
  }

  private CompletionStage<HttpResponse> answered(
      String name, @Nullable String version, OfVersion answer) {
    return known(plugins, name)
        .thenCompose(known -> chosen(name, "version", version))
        .thenCompose(
            kept ->
                plugins
                    .file(kept)
                    .thenApply(
                        file ->
                            answer
                                .answer(kept, file)
                                .addHeader(ContentTag.of(kept.version().sha256()))));
  }

  private static HttpResponse attached(String fileName, ContentType type, byte[] bytes) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(type, bytes))
        .addHeader(
            ContentDisposition.create(
                ContentDispositionTypes.ATTACHMENT, Map.of("filename", fileName)));
  }

  /** Compares with the version that came before, unless told otherwise. */
  private CompletionStage<HttpResponse> diff(String name, HttpRequest request) {
    QueryParameters query = QueryParameters.of(request, "from", "to");
    String from = query.text("from");
    String to = query.text("to");
    return known(plugins, name)
        .thenCompose(known -> chosen(name, "to", to))
        .thenCompose(
            after ->
                (from == null ? cameBefore(name, after) : chosen(name, "from", from))
                    .thenCompose(before -> compared(before, after)));
  }

  private CompletionStage<KeptVersion> cameBefore(String name, KeptVersion version) {
    return plugins
        .versions(name, version.number(), 1)
        .thenApply(
            before -> {
              if (before.isEmpty()) {
                throw new RequestRefused(
                    ProblemKind.CONFLICT, "there is no version of " + name + " before this one");
              }
              return before.get(0);
            });
  }

  private CompletionStage<HttpResponse> compared(KeptVersion from, KeptVersion to) {
    return plugins
        .file(from)
        .thenCombine(
            plugins.file(to),
            (before, after) ->
                VersionDiff.of(
                    new VersionDiff.Side("version " + from.number(), before),
                    new VersionDiff.Side("version " + to.number(), after)))
        .thenApply(
            result -> {
              if (result instanceof VersionDiff.NoText noText) {
                throw new RequestRefused(ProblemKind.CONFLICT, noText.why());
              }
              return HttpResponse.create()
                  .withEntity(
                      ContentTypes.TEXT_PLAIN_UTF8,
                      ((VersionDiff.Text) result).text().getBytes(StandardCharsets.UTF_8));
            });
  }

  /** The version that a parameter names; the one that serves when it names none. */
  private CompletionStage<KeptVersion> chosen(
      String name, String parameter, @Nullable String version) {
    String wanted =
        version != null
            ? version
            : plugins
                .find(name)
                .filter(Plugin::isServing)
                .map(Plugin::sha256)
                .orElseThrow(
                    () ->
                        new RequestRefused(
                            ProblemKind.CONFLICT,
                            "nothing serves as " + name + " now: name a version"));
    return plugins
        .version(name, wanted)
        .thenCompose(
            choice -> {
              if (choice instanceof VersionChoice.One one) {
                return CompletableFuture.completedFuture(one.version());
              }
              if (choice instanceof VersionChoice.Several several) {
                throw ambiguous(parameter, wanted, several.versions());
              }
              throw RequestRefused.notFound(
                  "version", BodyFields.shortened(wanted) + " of plugin " + name);
            });
  }

  static RequestRefused ambiguous(String parameter, String text, List<KeptVersion> versions) {
    return RequestRefused.invalid(
        parameter,
        "\"%s\" is what %d versions are called: %s; give the number or more of the sha256"
            .formatted(
                BodyFields.shortened(text),
                versions.size(),
                versions.stream()
                    .limit(5)
                    .map(kept -> kept.number() + " " + kept.version().sha256().substring(0, 12))
                    .collect(Collectors.joining(", "))));
  }
}

package io.octopus.coordinator.http;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;
import static akka.http.javadsl.server.PathMatchers.segments;
import static io.octopus.coordinator.http.ApiCall.handledBy;

import akka.NotUsed;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.ResponseEntity;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import akka.japi.Pair;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.store.ArtefactStore.Artefact;
import io.octopus.protocol.ExecutionId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Calls that list and download the files that an execution left. */
final class ArtefactRoutes {
  private final Rows rows;

  ArtefactRoutes(Rows rows) {
    this.rows = rows;
  }

  Route routes() {
    var files = segment("executions").slash(segment()).slash("artefacts");
    return concat(
        path(files, id -> get(() -> handledBy(request -> list(id, request)))),
        path(
            files.slash(segments()),
            (id, name) -> get(() -> handledBy(request -> download(id, name, request)))));
  }

  private CompletionStage<HttpResponse> list(String text, HttpRequest request) {
    ExecutionId id = ApiCall.executionId(text);
    QueryParameters.of(request);
    return artefacts(id).thenApply(ArtefactRoutes::answer);
  }

  private static HttpResponse answer(List<Artefact> artefacts) {
    ObjectNode list = ApiJson.MAPPER.createObjectNode();
    ArrayNode items = list.putArray("items");
    for (Artefact artefact : artefacts) {
      items
          .addObject()
          .put("name", artefact.name())
          .put("size", artefact.size())
          .put("sha256", artefact.sha256())
          .put("attempt", artefact.attempt().number());
    }
    return ApiJson.ok(list);
  }

  /** The slashes of a name may be written as they are, or encoded. */
  private CompletionStage<HttpResponse> download(
      String text, List<String> segments, HttpRequest request) {
    ExecutionId id = ApiCall.executionId(text);
    QueryParameters.of(request);
    String name = String.join("/", segments);
    return artefacts(id)
        .thenApply(
            all ->
                ApiCall.found(
                    all.stream().filter(one -> one.name().equals(name)).findFirst(),
                    "file",
                    BodyFields.shortened(name)))
        .thenApply(
            artefact ->
                HttpResponse.create()
                    .addHeader(RawHeader.create("Content-Disposition", disposition(name)))
                    .addHeader(RawHeader.create("ETag", '"' + artefact.sha256() + '"'))
                    .withEntity(entity(artefact)));
  }

  private CompletionStage<List<Artefact>> artefacts(ExecutionId id) {
    return rows.execution(id)
        .thenApply(row -> ApiCall.found(row, "execution", id))
        .thenCompose(row -> rows.artefacts(id));
  }

  private ResponseEntity entity(Artefact artefact) {
    if (artefact.size() == 0) {
      return HttpEntities.create(
          ContentTypes.APPLICATION_OCTET_STREAM, ByteString.emptyByteString());
    }
    Source<ByteString, NotUsed> pieces =
        Source.unfoldAsync(
            0L,
            start -> rows.artefactPiece(artefact, start).thenApply(piece -> next(start, piece)));
    return HttpEntities.create(ContentTypes.APPLICATION_OCTET_STREAM, artefact.size(), pieces);
  }

  private static Optional<Pair<Long, ByteString>> next(long start, byte[] piece) {
    return piece.length == 0
        ? Optional.empty()
        : Optional.of(Pair.create(start + piece.length, ByteString.fromArray(piece)));
  }

  /** Saved, not shown: what a plugin wrote must not run in the dashboard's origin. */
  private static String disposition(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    String plain = last.replaceAll("[^A-Za-z0-9._ -]", "_");
    String encoded = URLEncoder.encode(last, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
  }
}

package io.octopus.coordinator.http;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;
import static io.octopus.coordinator.http.ApiCall.handledBy;

import akka.Done;
import akka.NotUsed;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.PathMatcher1;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Source;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.http.EventStream.Event;
import io.octopus.coordinator.store.OutputStore.OutputPart;
import io.octopus.coordinator.store.OutputStore.OutputParts;
import io.octopus.coordinator.store.OutputStore.OutputPiece;
import io.octopus.protocol.ExecutionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls that read what an execution has printed: a piece of it, or all of it as it comes. */
final class LogRoutes {
  private static final int USUAL_BYTES = 64 * 1024;
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int MOST_LINES = 10_000;

  /**
   * News of output come at once; that an execution is final, or prints elsewhere, is looked for.
   */
  private static final Duration LOOK = Duration.ofMillis(150);

  private static final Pattern EVENT_ID = Pattern.compile("(\\d{1,6})-(\\d{1,18})");

  private final Rows rows;

  LogRoutes(Rows rows) {
    this.rows = rows;
  }

  Route routes() {
    PathMatcher1<String> log = segment("executions").slash(segment()).slash("log");
    return concat(
        path(log, id -> get(() -> handledBy(request -> read(id, request)))),
        path(log.slash("stream"), id -> get(() -> handledBy(request -> stream(id, request)))));
  }

  private CompletionStage<HttpResponse> read(String text, HttpRequest request) {
    ExecutionId id = ApiCall.executionId(text);
    QueryParameters query =
        QueryParameters.of(request, "offset", "limit", "tail", "attempt", "format");
    Optional<Long> offset = query.number("offset", 0, Long.MAX_VALUE);
    Optional<Long> tail = query.number("tail", 1, MOST_LINES);
    int limit = query.number("limit", 1, MOST_BYTES).map(Math::toIntExact).orElse(USUAL_BYTES);
    Integer attempt = query.number("attempt", 1, 1_000_000).map(Math::toIntExact).orElse(null);
    String format = query.text("format");
    boolean asJson =
        format != null
            && QueryParameters.oneOf("format", format, List.of("text", "json")).equals("json");
    if (offset.isPresent() && tail.isPresent()) {
      throw RequestRefused.invalid("tail", "and offset exclude each other");
    }
    if (asJson && tail.isPresent()) {
      throw RequestRefused.invalid("tail", "can be given with format=text only");
    }
    CompletionStage<ObjectNode> found = found(id);
    if (asJson) {
      long from = offset.orElse(0L);
      return found
          .thenCompose(row -> rows.outputParts(id, attempt, from, limit))
          .thenApply(parts -> answer(parts, from));
    }
    return found
        .thenCompose(
            row ->
                tail.isPresent()
                    ? rows.lastOutput(id, attempt, tail.get().intValue(), limit)
                    : rows.output(id, attempt, offset.orElse(0L), limit))
        .thenApply(LogRoutes::answer);
  }

  private static HttpResponse answer(OutputParts output, long from) {
    ObjectNode page = ApiJson.MAPPER.createObjectNode();
    page.put("attempt", output.attempt());
    page.put("next_offset", end(output, from));
    ArrayNode items = page.putArray("items");
    output.parts().forEach(part -> items.add(json(part)));
    return ApiJson.ok(page);
  }

  private static long end(OutputParts output, long from) {
    return output.parts().isEmpty()
        ? from
        : output.parts().get(output.parts().size() - 1).nextOffset();
  }

  private static ObjectNode json(OutputPart part) {
    return ApiJson.MAPPER
        .createObjectNode()
        .put("next_offset", part.nextOffset())
        .put("stream", part.stream())
        .put("level", part.level())
        .put("at", part.at())
        .put("text", part.text());
  }

  private static HttpResponse answer(OutputPiece piece) {
    return HttpResponse.create()
        .addHeader(RawHeader.create("X-Next-Offset", Long.toString(piece.nextOffset())))
        .addHeader(RawHeader.create("X-Attempt", Integer.toString(piece.attempt())))
        .withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, piece.text()));
  }

  private CompletionStage<HttpResponse> stream(String text, HttpRequest request) {
    ExecutionId id = ApiCall.executionId(text);
    QueryParameters.of(request);
    Cursor start = Cursor.resumed(request.getHeader("Last-Event-ID").map(HttpHeader::value));
    return found(id).thenApply(row -> EventStream.of(pieces(id, start)));
  }

  /** Where a stream is; the newest attempt is followed, from its beginning when it changes. */
  private record Cursor(@Nullable Integer attempt, long offset, boolean isEnded) {
    static Cursor resumed(Optional<String> lastEventId) {
      Matcher id = EVENT_ID.matcher(lastEventId.orElse(""));
      return id.matches()
          ? new Cursor(Integer.valueOf(id.group(1)), Long.parseLong(id.group(2)), false)
          : new Cursor(null, 0, false);
    }
  }

  private record Step(Cursor next, List<Event> events) {}

  private Source<Event, NotUsed> pieces(ExecutionId id, Cursor start) {
    return Source.unfoldAsync(
            start,
            cursor ->
                cursor.isEnded()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : step(id, cursor)
                        .thenApply(s -> Optional.of(akka.japi.Pair.create(s.next(), s.events()))))
        .mapConcat(events -> events);
  }

  /** Looks at the status before the output: what is final prints nothing more. */
  private CompletionStage<Step> step(ExecutionId id, Cursor cursor) {
    CompletionStage<Done> news = rows.outputNews(id, LOOK);
    return rows.execution(id)
        .thenCompose(
            row -> {
              boolean isFinal = row.map(ExecutionRoutes::isFinal).orElse(true);
              return next(id, cursor)
                  .thenCompose(
                      output -> {
                        if (!output.parts().isEmpty()) {
                          return CompletableFuture.completedFuture(said(cursor, output));
                        }
                        return isFinal
                            ? CompletableFuture.completedFuture(ended(cursor, output))
                            : news.thenApply(done -> new Step(cursor, List.of()));
                      });
            });
  }

  private CompletionStage<OutputParts> next(ExecutionId id, Cursor cursor) {
    return rows.outputParts(id, null, cursor.offset(), USUAL_BYTES)
        .thenCompose(
            newest ->
                cursor.attempt() == null || newest.attempt() == cursor.attempt()
                    ? CompletableFuture.completedFuture(newest)
                    : rows.outputParts(id, null, 0, USUAL_BYTES));
  }

  private static Step said(Cursor cursor, OutputParts output) {
    return new Step(
        new Cursor(output.attempt(), end(output, cursor.offset()), false),
        output.parts().stream()
            .map(
                part ->
                    new Event(
                        "output",
                        output.attempt() + "-" + part.nextOffset(),
                        json(part).put("attempt", output.attempt()).toString()))
            .toList());
  }

  private static Step ended(Cursor cursor, OutputParts output) {
    String data = ApiJson.MAPPER.createObjectNode().put("next_offset", cursor.offset()).toString();
    return new Step(
        new Cursor(cursor.attempt(), cursor.offset(), true),
        List.of(new Event("end", output.attempt() + "-" + cursor.offset(), data)));
  }

  private CompletionStage<ObjectNode> found(ExecutionId id) {
    return rows.execution(id).thenApply(row -> ApiCall.found(row, "execution", id));
  }
}

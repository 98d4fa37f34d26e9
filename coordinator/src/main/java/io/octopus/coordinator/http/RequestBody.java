package io.octopus.coordinator.http;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.stream.Materializer;
import akka.util.ByteString;
import akka.util.ByteStringBuilder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads a body up to a limit. One that is larger is read to its end and dropped, as long as that is
 * bearable: a caller that is cut off while it sends never sees the answer.
 */
final class RequestBody {
  static final long TASK_LIMIT = 1024 * 1024;
  static final long PLUGIN_LIMIT = 16L * 1024 * 1024;

  private static final long DRAINED = 64L * 1024 * 1024;

  private long size;
  private final ByteStringBuilder kept = new ByteStringBuilder();

  private RequestBody() {}

  /** The body as a JSON object; an empty one when there is no body. */
  static CompletionStage<ObjectNode> optionalObject(HttpRequest request, Materializer streams) {
    return bytes(request, TASK_LIMIT, streams)
        .thenApply(
            body -> body.isEmpty() ? ApiJson.MAPPER.createObjectNode() : ApiJson.object(body));
  }

  static CompletionStage<ObjectNode> object(HttpRequest request, Materializer streams) {
    return bytes(request, TASK_LIMIT, streams)
        .thenApply(
            body -> {
              if (body.isEmpty()) {
                throw new RequestRefused(ProblemKind.MALFORMED, "the body is empty, not JSON");
              }
              return ApiJson.object(body);
            });
  }

  static CompletionStage<ByteString> bytes(HttpRequest request, long limit, Materializer streams) {
    if (request.entity() instanceof HttpEntity.Strict whole) {
      return CompletableFuture.completedFuture(
          new RequestBody().with(whole.getData(), limit).whole(limit));
    }
    return request
        .entity()
        .withSizeLimit(DRAINED)
        .getDataBytes()
        .runFold(new RequestBody(), (body, part) -> body.with(part, limit), streams)
        .thenApply(body -> body.whole(limit));
  }

  private RequestBody with(ByteString part, long limit) {
    size += part.size();
    if (size <= limit) {
      kept.append(part);
    }
    return this;
  }

  private ByteString whole(long limit) {
    if (size > limit) {
      throw new RequestRefused(
          ProblemKind.TOO_LARGE, "the body has " + size + " bytes but may have at most " + limit);
    }
    return kept.result();
  }
}

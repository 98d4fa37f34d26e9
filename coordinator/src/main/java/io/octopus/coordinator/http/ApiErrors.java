package io.octopus.coordinator.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.extractRequest;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Allow;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.MethodRejection;
import akka.http.javadsl.server.Rejection;
import akka.http.javadsl.server.RejectionHandler;
import akka.http.scaladsl.model.EntityStreamSizeException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.task.TaskCommand.Refusal;
import io.octopus.coordinator.task.TaskCommand.Refused;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one map from what went wrong to what the caller is told, always as problem+json. */
final class ApiErrors {
  private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);

  private ApiErrors() {}

  /** What a task refused. */
  static RequestRefused of(Refused refused) {
    return new RequestRefused(kind(refused.refusal()), refused.message());
  }

  private static ProblemKind kind(Refusal refusal) {
    return switch (refusal) {
      case NOT_FOUND -> ProblemKind.NOT_FOUND;
      case KEY_REUSED -> ProblemKind.KEY_REUSED;
      case STALE_VERSION -> ProblemKind.STALE;
      case CONFLICT -> ProblemKind.CONFLICT;
      case NOT_SETTLED -> ProblemKind.NOT_READY;
    };
  }

  /** Answers whatever was thrown while this request was handled. What we broke is logged here. */
  static HttpResponse answer(HttpRequest request, Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof RequestRefused refused) {
      return answer(request, refused);
    }
    if (cause instanceof EntityStreamSizeException) {
      return answer(
          request, new RequestRefused(ProblemKind.TOO_LARGE, "the body is far too large"));
    }
    if (isStorage(cause)) {
      LOG.warn("request {}: no answer from the journal: {}", RequestIds.of(request), cause + "");
      return answer(
          request,
          new RequestRefused(
              ProblemKind.NO_JOURNAL, "the journal did not answer in time; nothing is promised"));
    }
    LOG.error(
        "request {}: {} {} failed",
        RequestIds.of(request),
        request.method().name(),
        request.getUri().path(),
        cause);
    return answer(
        request,
        new RequestRefused(ProblemKind.INTERNAL, "see the log for " + RequestIds.of(request)));
  }

  static HttpResponse answer(HttpRequest request, RequestRefused refused) {
    ProblemKind kind = refused.kind();
    HttpResponse response = ApiJson.problem(kind.status(), body(request, refused));
    return kind.status() == StatusCodes.SERVICE_UNAVAILABLE.intValue()
        ? response.addHeader(RawHeader.create("Retry-After", "1"))
        : response;
  }

  private static ObjectNode body(HttpRequest request, RequestRefused refused) {
    ObjectNode problem = ApiJson.MAPPER.createObjectNode();
    problem
        .put("type", refused.kind().type())
        .put("title", refused.kind().title())
        .put("status", refused.kind().status())
        .put("detail", refused.detail())
        .put("request_id", RequestIds.of(request));
    ArrayNode errors = problem.putArray("errors");
    for (FieldError error : refused.errors()) {
      errors.addObject().put("field", error.field()).put("message", error.message());
    }
    return problem;
  }

  /** What no route wanted: a wrong method is told the right ones, everything else is unknown. */
  static RejectionHandler rejections() {
    return RejectionHandler.newBuilder()
        .handleAll(
            MethodRejection.class,
            wrong -> extractRequest(request -> complete(methods(request, wrong))))
        .handle(
            Rejection.class,
            other ->
                extractRequest(
                    request ->
                        complete(
                            answer(
                                request,
                                new RequestRefused(ProblemKind.INVALID, other.toString())))))
        .handleNotFound(
            extractRequest(
                request ->
                    complete(
                        answer(
                            request,
                            RequestRefused.notFound("resource", request.getUri().path())))))
        .build();
  }

  static ExceptionHandler exceptions() {
    return ExceptionHandler.newBuilder()
        .matchAny(thrown -> extractRequest(request -> complete(answer(request, thrown))))
        .build();
  }

  private static HttpResponse methods(HttpRequest request, List<MethodRejection> wrong) {
    Set<HttpMethod> allowed = new LinkedHashSet<>();
    for (MethodRejection rejection : wrong) {
      allowed.add(rejection.supported());
    }
    if (allowed.contains(HttpMethods.GET)) {
      allowed.add(HttpMethods.HEAD);
    }
    allowed.add(HttpMethods.OPTIONS);
    HttpMethod[] all = allowed.toArray(HttpMethod[]::new);
    if (request.method().equals(HttpMethods.OPTIONS)) {
      return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT).addHeader(Allow.create(all));
    }
    String names = String.join(", ", allowed.stream().map(HttpMethod::name).toList());
    return answer(
            request,
            new RequestRefused(
                ProblemKind.METHOD_NOT_ALLOWED,
                request.method().name() + " is not one of " + names))
        .addHeader(Allow.create(all));
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isStorage(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException || cause instanceof SQLException) {
        return true;
      }
    }
    return false;
  }
}

package io.octopus.coordinator.http;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Connection;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Answers what is no HTTP request at all as problem+json, before there is a request with an id. The
 * server makes it by its class's name.
 */
public final class UnparsableRequest extends ParsingErrorHandler {
  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
    ObjectNode problem = ApiJson.MAPPER.createObjectNode();
    problem
        .put("type", "about:blank")
        .put("title", status.reason())
        .put("status", status.intValue())
        .put("detail", info.summary())
        .put("request_id", "")
        .putArray("errors");
    return ApiJson.problem(status.intValue(), problem).addHeader(Connection.create("close"));
  }
}

package io.octopus.system;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.SimpleValidationReportFormat;
import com.atlassian.oai.validator.report.ValidationReport;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Holds every request and answer of the tests against openapi.yaml. */
final class ApiContract {
  private static final OpenApiInteractionValidator VALIDATOR =
      OpenApiInteractionValidator.createFor(
              Distribution.repository()
                  .resolve("coordinator/src/main/resources/openapi.yaml")
                  .toString())
          .build();

  private ApiContract() {}

  /** Fails the test if the request or the answer is not as described. */
  static void check(HttpRequest request, String body, Answer answer) {
    var described =
        new SimpleRequest.Builder(request.method(), request.uri().getPath())
            .withBody(body.isEmpty() ? null : body);
    request
        .headers()
        .map()
        .forEach((name, values) -> described.withHeader(name, values.toArray(String[]::new)));
    addQuery(described, request.uri());
    require(VALIDATOR.validate(described.build(), response(answer)), request, answer);
  }

  /** For requests that are wrong on purpose: only the answer has to be as described. */
  static void checkAnswer(HttpRequest request, Answer answer) {
    method(request)
        .ifPresent(
            method ->
                require(
                    VALIDATOR.validateResponse(request.uri().getPath(), method, response(answer)),
                    request,
                    answer));
  }

  private static Optional<com.atlassian.oai.validator.model.Request.Method> method(
      HttpRequest request) {
    try {
      return Optional.of(
          com.atlassian.oai.validator.model.Request.Method.valueOf(request.method()));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  private static void addQuery(SimpleRequest.Builder described, URI uri) {
    String query = uri.getRawQuery();
    if (query == null) {
      return;
    }
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = parameter.substring(0, equals);
      String value = URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8);
      described.withQueryParam(name, value);
    }
  }

  private static SimpleResponse response(Answer answer) {
    var response = new SimpleResponse.Builder(answer.status());
    if (!answer.body().isEmpty()) {
      response.withBody(answer.body());
    }
    answer
        .headers()
        .map()
        .forEach((name, values) -> response.withHeader(name, values.toArray(String[]::new)));
    return response.build();
  }

  private static void require(ValidationReport report, HttpRequest request, Answer answer) {
    if (report.hasErrors()) {
      throw new AssertionError(
          request
              + " -> "
              + answer.status()
              + " is not what openapi.yaml says:\n"
              + SimpleValidationReportFormat.getInstance().apply(report)
              + "\n"
              + answer.body());
    }
  }
}

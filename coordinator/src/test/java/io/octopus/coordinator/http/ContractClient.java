package io.octopus.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.interaction.ApiOperationResolver;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.SimpleValidationReportFormat;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The one client of all HTTP tests: holds every request and answer against openapi.yaml. */
final class ContractClient {
  private static final OpenAPI API = new OpenAPIV3Parser().read("/openapi.yaml");
  private static final OpenApiInteractionValidator VALIDATOR =
      OpenApiInteractionValidator.createFor("/openapi.yaml").build();

  private static final SchemaValidator SCHEMAS = new SchemaValidator(API, new MessageResolver());
  private static final ApiOperationResolver RESOLVER = new ApiOperationResolver(API, null, true);

  private final Set<String> exercised = ConcurrentHashMap.newKeySet();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  ContractClient(int port) {
    this.port = port;
  }

  /** An answer that was as described. */
  record Answer(int status, java.net.http.HttpHeaders headers, String body) {
    JsonNode json() {
      try {
        return ApiJson.MAPPER.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    List<String> fields() {
      return json().path("errors").findValuesAsText("field");
    }
  }

  /** The operation ids that the contract describes. */
  static Set<String> operations() {
    Set<String> operations = new HashSet<>();
    for (PathItem path : API.getPaths().values()) {
      path.readOperations().forEach(operation -> operations.add(operation.getOperationId()));
    }
    return operations;
  }

  /** The operation ids that this client has called. */
  Set<String> exercised() {
    return exercised;
  }

  Answer get(String path) {
    return checked(request(path).GET(), "");
  }

  Answer post(String path) {
    return checked(request(path).POST(HttpRequest.BodyPublishers.noBody()), "");
  }

  Answer post(String path, String body, String... headers) {
    return checked(withJson(path, headers).method("POST", publisher(body)), body);
  }

  Answer put(String path, String body, String... headers) {
    return checked(withJson(path, headers).method("PUT", publisher(body)), body);
  }

  Answer delete(String path) {
    return checked(request(path).DELETE(), "");
  }

  Answer push(String path, String source, String... headers) {
    HttpRequest.Builder builder = request(path).header("Content-Type", "text/x-python");
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    return checked(builder.PUT(publisher(source)), source);
  }

  /** Sends what is wrong on purpose: only the answer has to be as described. */
  Answer wrong(String method, String path, String body, String... headers) {
    HttpRequest.Builder builder = request(path).method(method, publisher(body));
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    HttpRequest request = builder.build();
    Answer answer = send(request);
    method(request)
        .ifPresent(
            known ->
                require(
                    VALIDATOR.validateResponse(request.uri().getPath(), known, response(answer)),
                    request,
                    answer));
    return answer;
  }

  /** Holds an event's data against one of the contract's schemas. */
  static void requireSchema(String name, JsonNode data) {
    ValidationReport report =
        SCHEMAS.validate(data.toString(), API.getComponents().getSchemas().get(name), "event");
    assertThat(report.getMessages()).isEmpty();
  }

  /** Sends a JSON body without saying how long it is. */
  Answer chunked(String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
            .build());
  }

  /** Sends what the contract does not describe. */
  Answer unchecked(String method, String path) {
    return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()).build());
  }

  /** The lines of a stream, as they come. */
  Stream<String> lines(String path, String... headers) {
    HttpRequest.Builder builder = request(path);
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    try {
      HttpRequest request = builder.build();
      HttpResponse<Stream<String>> response =
          http.send(request, HttpResponse.BodyHandlers.ofLines());
      Answer answer = new Answer(response.statusCode(), response.headers(), "-");
      requireContract(request, "", answer);
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder withJson(String path, String... headers) {
    HttpRequest.Builder builder = request(path).header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    return builder;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  private static HttpRequest.BodyPublisher publisher(String body) {
    return HttpRequest.BodyPublishers.ofString(body);
  }

  private Answer checked(HttpRequest.Builder builder, String body) {
    HttpRequest request = builder.build();
    Answer answer = send(request);
    requireContract(request, body, answer);
    return answer;
  }

  private void requireContract(HttpRequest request, String body, Answer answer) {
    SimpleRequest described = described(request, body).build();
    require(VALIDATOR.validate(described, response(answer)), request, answer);
    exercised.add(
        RESOLVER
            .findApiOperation(described.getPath(), described.getMethod())
            .getApiOperation()
            .getOperation()
            .getOperationId());
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(request.toString(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SimpleRequest.Builder described(HttpRequest request, String body) {
    SimpleRequest.Builder described =
        new SimpleRequest.Builder(request.method(), request.uri().getPath());
    if (!body.isEmpty()) {
      described.withBody(body);
    }
    request
        .headers()
        .map()
        .forEach((name, values) -> described.withHeader(name, values.toArray(String[]::new)));
    String query = request.uri().getRawQuery();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      described.withQueryParam(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return described;
  }

  private static SimpleResponse response(Answer answer) {
    SimpleResponse.Builder response = new SimpleResponse.Builder(answer.status());
    if (!answer.body().isEmpty()) {
      response.withBody(answer.body());
    }
    answer
        .headers()
        .map()
        .forEach((name, values) -> response.withHeader(name, values.toArray(String[]::new)));
    return response.build();
  }

  private static Optional<Request.Method> method(HttpRequest request) {
    return Stream.of(Request.Method.values())
        .filter(method -> method.name().equals(request.method()))
        .findAny();
  }

  private static void require(ValidationReport report, HttpRequest request, Answer answer) {
    if (report.hasErrors()) {
      throw new AssertionError(
          "%s -> %d is not what openapi.yaml says:%n%s%n%s"
              .formatted(
                  request,
                  answer.status(),
                  SimpleValidationReportFormat.getInstance().apply(report),
                  answer.body()));
    }
  }
}

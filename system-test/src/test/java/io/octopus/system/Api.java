package io.octopus.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Speaks to one coordinator over HTTP and holds every exchange against openapi.yaml. */
public final class Api {
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String address;

  Api(int port) {
    this.address = "http://127.0.0.1:" + port;
  }

  public boolean isReady() {
    try {
      return http.send(
                  request("/health/ready").GET().build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public Task create(TaskRequest task) {
    return new Task(post("/tasks", task.body()).expect(201).json());
  }

  public Task task(String id) {
    return new Task(get("/tasks/" + id).expect(200).json());
  }

  /** All tasks by id. */
  public Map<String, Task> tasks() {
    Map<String, Task> tasks = new TreeMap<>();
    items("/tasks?").forEach(item -> tasks.put(item.path("id").asText(), new Task(item)));
    return tasks;
  }

  public Run run(String id) {
    return new Run(get("/runs/" + id).expect(200).json());
  }

  public List<Run> runs(String taskId) {
    return items("/runs?task_id=" + encoded(taskId) + "&").stream().map(Run::new).toList();
  }

  /** Every run there is. */
  public List<Run> runs() {
    return items("/runs?").stream().map(Run::new).toList();
  }

  public Execution execution(String id) {
    return new Execution(get("/executions/" + id).expect(200).json());
  }

  /** The only execution of a task that one client runs. */
  public Execution onlyExecution(Task task) {
    var executions = executions(task.id());
    if (executions.size() != 1) {
      throw new AssertionError("expected one execution, got " + executions);
    }
    return executions.get(0);
  }

  public List<Execution> executions(String taskId) {
    return items("/executions?task_id=" + encoded(taskId) + "&").stream()
        .map(Execution::new)
        .toList();
  }

  /** Every execution there is. */
  public List<Execution> executions() {
    return items("/executions?").stream().map(Execution::new).toList();
  }

  /** Every execution that has not ended. */
  public List<Execution> unfinishedExecutions() {
    return items("/executions?status=Pending,Running&").stream().map(Execution::new).toList();
  }

  /** Everything that happened to a task, oldest first. */
  public List<HistoryLine> history(String taskId) {
    return items("/tasks/" + encoded(taskId) + "/history?").stream()
        .map(HistoryLine::new)
        .sorted(Comparator.comparingLong(HistoryLine::number))
        .toList();
  }

  public Client client(String name) {
    return new Client(get("/clients/" + encoded(name)).expect(200).json());
  }

  public List<Client> clients() {
    return items("/clients?").stream().map(Client::new).toList();
  }

  public Answer get(String path) {
    return checked(request(path).GET(), "");
  }

  public Answer post(String path) {
    return checked(request(path).POST(HttpRequest.BodyPublishers.noBody()), "");
  }

  public Answer post(String path, JsonNode body) {
    return post(path, body, request -> request);
  }

  public Answer post(String path, JsonNode body, UnaryOperator<HttpRequest.Builder> headers) {
    return checked(
        headers.apply(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))),
        body.toString());
  }

  public Answer put(String path, JsonNode body) {
    return checked(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body.toString())),
        body.toString());
  }

  public Answer delete(String path) {
    return checked(request(path).DELETE(), "");
  }

  /** Pushes a plugin file. */
  Answer push(String name, String source) {
    return checkedAnswer(
        request("/plugins/" + name + "?filename=" + name + ".py")
            .header("Content-Type", "application/octet-stream")
            .PUT(HttpRequest.BodyPublishers.ofString(source)));
  }

  /** Sends what is wrong on purpose; only the answer is held against openapi.yaml. */
  Answer wrong(String method, String path, String contentType, String body) {
    return wrong(method, path, contentType, body, request -> request);
  }

  Answer wrong(
      String method,
      String path,
      String contentType,
      String body,
      UnaryOperator<HttpRequest.Builder> headers) {
    var request = request(path).method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    return checkedAnswer(headers.apply(request));
  }

  /** Sends a request that openapi.yaml does not describe, such as one for a page. */
  Answer unchecked(String method, String path) {
    return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()).build());
  }

  private List<JsonNode> items(String path) {
    List<JsonNode> items = new ArrayList<>();
    String next = "limit=500";
    while (true) {
      JsonNode page = get(path + next).expect(200).json();
      page.path("items").forEach(items::add);
      if (!page.path("next_cursor").isTextual()) {
        return items;
      }
      next = "limit=500&cursor=" + encoded(page.path("next_cursor").asText());
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
  }

  private Answer checked(HttpRequest.Builder builder, String body) {
    var request = builder.build();
    var answer = send(request);
    ApiContract.check(request, body, answer);
    return answer;
  }

  private Answer checkedAnswer(HttpRequest.Builder builder) {
    var request = builder.build();
    var answer = send(request);
    ApiContract.checkAnswer(request, answer);
    return answer;
  }

  private Answer send(HttpRequest request) {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException broken) {
      throw new UncheckedIOException(request.toString(), broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

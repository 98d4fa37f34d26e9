package io.octopus.coordinator.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Location;
import akka.http.javadsl.server.Route;
import io.octopus.coordinator.task.TaskCommand.Accepted;
import io.octopus.coordinator.task.TaskCommand.Refused;
import io.octopus.coordinator.task.TaskCommand.Reply;
import io.octopus.coordinator.task.TaskCommand.RunAccepted;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** What the calls of all resources share: from a request to its handler, from a reply to a run. */
final class ApiCall {
  /** Who asks, until there are accounts. */
  static final String ANONYMOUS = "anonymous";

  private static final Pattern TASK = Pattern.compile("[A-Za-z0-9]{1,64}");
  private static final Pattern RUN = Pattern.compile(TASK + "-[0-9]{1,9}");
  private static final Pattern EXECUTION = Pattern.compile(RUN + "-[0-9]{1,9}");

  private ApiCall() {}

  /** Answers one call. Whatever it throws, {@link ApiErrors} answers. */
  @FunctionalInterface
  interface Handler {
    CompletionStage<HttpResponse> answer(HttpRequest request);
  }

  static Route handledBy(Handler handler) {
    return extractRequest(request -> completeWithFuture(handler.answer(request)));
  }

  /** An id of another form is nobody's: no actor is woken to find that out. */
  static TaskId taskId(String text) {
    return new TaskId(known(TASK, "task", text));
  }

  static RunId runId(String text) {
    return new RunId(known(RUN, "run", text));
  }

  static ExecutionId executionId(String text) {
    return new ExecutionId(known(EXECUTION, "execution", text));
  }

  private static String known(Pattern form, String what, String text) {
    if (!form.matcher(text).matches()) {
      throw RequestRefused.notFound(what, BodyFields.shortened(text));
    }
    return text;
  }

  static <T> T found(Optional<T> row, String what, Object id) {
    return row.orElseThrow(() -> RequestRefused.notFound(what, id.toString()));
  }

  /** Goes on only with what was done. */
  static void accepted(Reply reply) {
    if (!(reply instanceof Accepted)) {
      throw refused(reply);
    }
  }

  static HttpResponse startedRun(Reply reply) {
    if (reply instanceof RunAccepted started) {
      return ApiJson.answer(
              202, ApiJson.MAPPER.createObjectNode().put("run_id", started.run().value()))
          .addHeader(Location.create("/runs/" + started.run()));
    }
    throw refused(reply);
  }

  private static RuntimeException refused(Reply reply) {
    return reply instanceof Refused refused
        ? ApiErrors.of(refused)
        : new IllegalStateException("a task answered " + reply);
  }
}

package io.octopus.system.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.octopus.system.Answer;
import io.octopus.system.Api;
import io.octopus.system.Patience;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A careful caller: asks again and again until there is an answer, as the coordinator comes and
 * goes. What it repeats means the same the second time.
 */
final class Caller {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Api api;

  Caller(Api api) {
    this.api = api;
  }

  /** Creates a task, under its name as the key, and says its id. */
  String create(JsonNode body) {
    String key = body.path("name").asText();
    return insist(() -> api.post("/tasks", body, request -> request.header("Idempotency-Key", key)))
        .expect(201)
        .json()
        .path("id")
        .asText();
  }

  void edit(String task, JsonNode body) {
    insist(() -> api.put("/tasks/" + task, body)).expect(200);
  }

  /** Has the task pause, resume or be cancelled. */
  void tell(String task, String what) {
    insist(() -> api.post("/tasks/" + task + "/" + what)).expect(200);
  }

  /** When asked again, it may be gone already. */
  void delete(String task) {
    int[] asked = {0};
    var answer =
        insist(
            () -> {
              asked[0]++;
              return api.delete("/tasks/" + task);
            });
    if (answer.status() != 404 || asked[0] == 1) {
      answer.expect(204);
    }
  }

  private static Answer insist(Supplier<Answer> call) {
    while (true) {
      try {
        var answer = call.get();
        if (answer.status() != 503) {
          return answer;
        }
      } catch (UncheckedIOException nobodyAnswers) {
        // as after a 503
      }
      Patience.outage(PAUSE);
    }
  }
}

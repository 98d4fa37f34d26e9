package io.octopus.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A run's work on one client as the API shows it. */
public record Execution(JsonNode json) {
  private static final Set<String> FINAL =
      Set.of("Completed", "Failed", "TimedOut", "Cancelled", "Lost", "Skipped");

  /** A try of the execution. */
  public record Attempt(JsonNode json) {
    public int number() {
      return json.path("number").asInt();
    }

    public String client() {
      return json.path("client").asText();
    }

    public Instant startedAt() {
      return Instant.parse(json.path("started_at").asText());
    }

    public String outcome() {
      return json.path("outcome").asText();
    }
  }

  public String id() {
    return json.path("id").asText();
  }

  public String taskId() {
    return json.path("task_id").asText();
  }

  public String runId() {
    return json.path("run_id").asText();
  }

  public String status() {
    return json.path("status").asText();
  }

  public boolean isFinal() {
    return FINAL.contains(status());
  }

  /** The code that says why it does not run or did not complete, "null" if there is none. */
  public String reason() {
    return json.path("reason").asText();
  }

  public String client() {
    return json.path("client").asText();
  }

  public int attempt() {
    return json.path("attempt").asInt();
  }

  public Instant createdAt() {
    return Instant.parse(json.path("created_at").asText());
  }

  /** When it ended; far in the future while it has not. */
  public Instant finishedAt() {
    JsonNode finished = json.path("finished_at");
    return finished.isTextual() ? Instant.parse(finished.asText()) : Run.NEVER;
  }

  public JsonNode result() {
    return json.path("result");
  }

  public List<Attempt> attempts() {
    return StreamSupport.stream(json.path("attempts").spliterator(), false)
        .map(Attempt::new)
        .toList();
  }
}

package io.octopus.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One firing of a task as the API shows it. */
public record Run(JsonNode json) {
  static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  public String id() {
    return json.path("id").asText();
  }

  public String status() {
    return json.path("status").asText();
  }

  public String trigger() {
    return json.path("trigger").asText();
  }

  public String reason() {
    return json.path("reason").asText();
  }

  public Instant fireTime() {
    return Instant.parse(json.path("fire_time").asText());
  }

  /** The nominal times that it accounts for, if they are so far apart. */
  public List<Instant> times(Duration apart) {
    if (!status().equals("Skipped")) {
      return List.of(fireTime());
    }
    var times =
        Stream.iterate(fireTime(), time -> time.plus(apart))
            .limit(json.path("skipped_count").asLong())
            .toList();
    var until = Instant.parse(json.path("fire_time_until").asText());
    if (!times.get(times.size() - 1).equals(until)) {
      throw new AssertionError("ends with " + until + " but has " + times + ": " + json);
    }
    return times;
  }

  public List<String> targets() {
    return StreamSupport.stream(json.path("targets").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  public String taskId() {
    return json.path("task_id").asText();
  }

  public boolean isFinal() {
    return !status().equals("Pending") && !status().equals("Running");
  }

  /** The last nominal time that the record accounts for. */
  public Instant fireTimeUntil() {
    JsonNode until = json.path("fire_time_until");
    return until.isTextual() ? Instant.parse(until.asText()) : fireTime();
  }

  /** How many firings were skipped in a row that this record stands for. */
  public int skippedCount() {
    return json.path("skipped_count").asInt();
  }

  /** Counts the runs of the task. */
  public int number() {
    return Integer.parseInt(id().substring(id().lastIndexOf('-') + 1));
  }

  /** Whether the schedule made it, not a user. */
  public boolean isScheduled() {
    return !trigger().equals("manual") && !trigger().equals("retry");
  }

  /** Whether it stands for firings that were skipped. */
  public boolean isSkipRecord() {
    return json.path("fire_time_until").isTextual();
  }

  /** When it ended; far in the future while it has not. */
  public Instant finishedAt() {
    JsonNode finished = json.path("finished_at");
    return finished.isTextual() ? Instant.parse(finished.asText()) : NEVER;
  }

  public Instant createdAt() {
    return Instant.parse(json.path("created_at").asText());
  }
}

package io.octopus.system.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What a task was asked to do, as it was posted, with the defaults that the documents promise.
 * Intervals are numbers of seconds, times have an offset, a cron expression comes with its zone.
 */
public record Definition(JsonNode json) {
  private static final List<String> TIMES =
      List.of(
          "type",
          "interval",
          "interval_mode",
          "cron",
          "time_zone",
          "execution_start_time",
          "execution_end_time");

  public String owner() {
    return json.path("owner").asText();
  }

  /** Whether it fires again and again. */
  public boolean recurs() {
    return interval().isPresent() || cron().isPresent();
  }

  /** Whether it may fire again and again without an end. */
  public boolean recursForEver() {
    return recurs() && end().isEmpty();
  }

  boolean isFixedDelay() {
    return word("interval_mode", "fixed_rate").equals("fixed_delay");
  }

  Optional<Duration> interval() {
    JsonNode seconds = json.path("interval");
    return seconds.isNumber()
        ? Optional.of(Duration.ofMillis(Math.round(seconds.asDouble() * 1000)))
        : Optional.empty();
  }

  Optional<SecondsCron> cron() {
    return text("cron").map(SecondsCron::of);
  }

  ZoneId zone() {
    return ZoneId.of(word("time_zone", "UTC"));
  }

  Optional<Instant> start() {
    return text("execution_start_time").map(Instant::parse);
  }

  Optional<Instant> end() {
    return text("execution_end_time").map(Instant::parse);
  }

  String overlap() {
    return word("overlap", "skip");
  }

  String misfire() {
    return word("misfire", "fire_once");
  }

  int mostRuns() {
    return json.path("max_concurrent_runs").asInt(Integer.MAX_VALUE);
  }

  int mostAttempts() {
    return json.path("retry").path("max_attempts").asInt(3);
  }

  boolean isTriedAgainAfterALoss() {
    return json.path("retry").path("on_lost").asBoolean(true);
  }

  /** Whether it fires at the same times, so that an edit does not start the schedule over. */
  boolean firesLike(Definition other) {
    return TIMES.stream().allMatch(field -> json.path(field).equals(other.json.path(field)));
  }

  private String word(String field, String usual) {
    return text(field).orElse(usual);
  }

  private Optional<String> text(String field) {
    return Optional.of(json.path(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}

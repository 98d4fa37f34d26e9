package io.octopus.coordinator.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.octopus.protocol.CborSerializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user asked for.
 *
 * @param args a JSON array, as text
 * @param kwargs a JSON object, as text
 * @param timeout wall-clock limit of one attempt
 * @param expiresAfter how long an execution may wait, from its firing on; null for until the next
 *     nominal time, or 7 days when there is none
 * @param labels what a client must be labelled with, for owners ALL and Anyone
 */
public record TaskDefinition(
    String name,
    @Nullable String description,
    Owner owner,
    String plugin,
    String action,
    String args,
    String kwargs,
    Schedule schedule,
    Duration timeout,
    RetryPolicy retry,
    @Nullable Duration expiresAfter,
    Map<String, String> labels)
    implements CborSerializable {

  public TaskDefinition {
    labels = Map.copyOf(labels);
  }

  /**
   * As it is stored.
   *
   * @param startAt of definitions that were stored before there were schedules
   */
  @JsonCreator
  static TaskDefinition stored(
      @JsonProperty("name") String name,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty("owner") Owner owner,
      @JsonProperty("plugin") String plugin,
      @JsonProperty("action") String action,
      @JsonProperty("args") String args,
      @JsonProperty("kwargs") String kwargs,
      @JsonProperty("startAt") @Nullable Instant startAt,
      @JsonProperty("schedule") @Nullable Schedule schedule,
      @JsonProperty("timeout") Duration timeout,
      @JsonProperty("retry") RetryPolicy retry,
      @JsonProperty("expiresAfter") @Nullable Duration expiresAfter,
      @JsonProperty("labels") Map<String, String> labels) {
    return new TaskDefinition(
        name,
        description,
        owner,
        plugin,
        action,
        args,
        kwargs,
        schedule == null ? Schedule.once(startAt) : schedule,
        timeout,
        retry,
        expiresAfter,
        labels);
  }

  /** Stays in what is stored, for nodes that know no schedules. */
  @JsonProperty("startAt")
  @Nullable Instant startAt() {
    return schedule.startAt();
  }

  /** The same work with other arguments; what is null stays. */
  TaskDefinition withArguments(@Nullable String newArgs, @Nullable String newKwargs) {
    return new TaskDefinition(
        name,
        description,
        owner,
        plugin,
        action,
        newArgs == null ? args : newArgs,
        newKwargs == null ? kwargs : newKwargs,
        schedule,
        timeout,
        retry,
        expiresAfter,
        labels);
  }
}

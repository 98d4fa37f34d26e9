package io.octopus.coordinator.task;

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
 * @param startAt when an Adhoc task runs, if not at once
 * @param timeout wall-clock limit of one attempt
 * @param expiresAfter how long an execution may wait, from the fire time on
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
    @Nullable Instant startAt,
    Duration timeout,
    RetryPolicy retry,
    Duration expiresAfter,
    Map<String, String> labels)
    implements CborSerializable {

  public TaskDefinition {
    labels = Map.copyOf(labels);
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
        startAt,
        timeout,
        retry,
        expiresAfter,
        labels);
  }
}

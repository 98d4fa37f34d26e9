package io.octopus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies one execution, {@code <run>-<i>}: a run's work on one worker. */
public record ExecutionId(String value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ExecutionId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("ExecutionId must not be blank");
    }
    if (value.lastIndexOf('-') < 3) {
      throw new IllegalArgumentException("ExecutionId must be <run>-<i> but is " + value);
    }
  }

  /** The run this execution is a part of. */
  public RunId run() {
    return new RunId(value.substring(0, value.lastIndexOf('-')));
  }

  /** The task this execution is a part of. */
  public TaskId task() {
    return run().task();
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}

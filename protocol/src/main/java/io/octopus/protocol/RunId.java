package io.octopus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies one run, {@code <task>-<n>}: the task's n-th firing. */
public record RunId(String value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("RunId must not be blank");
    }
    if (value.lastIndexOf('-') < 1) {
      throw new IllegalArgumentException("RunId must be <task>-<n> but is " + value);
    }
  }

  /** The task that fired. */
  public TaskId task() {
    return new TaskId(value.substring(0, value.lastIndexOf('-')));
  }

  /** The run's i-th execution, counted from 1. */
  public ExecutionId execution(int index) {
    return new ExecutionId(value + "-" + index);
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}

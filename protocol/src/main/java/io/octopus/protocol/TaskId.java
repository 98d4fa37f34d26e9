package io.octopus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Identifies one task; written as a plain string on the wire. */
public record TaskId(String value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TaskId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("TaskId must not be blank");
    }
  }

  /** The task's n-th run, counted from 1. */
  public RunId run(int number) {
    return new RunId(value + "-" + number);
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}

package io.octopus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One life of a worker's process: a random id that outlives its actor systems. */
public record Incarnation(String value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Incarnation {
    if (value.isBlank()) {
      throw new IllegalArgumentException("Incarnation must not be blank");
    }
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}

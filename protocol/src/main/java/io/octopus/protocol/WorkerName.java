package io.octopus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A worker's name, what users call a client. Two names that differ only in case are the same; the
 * owner keywords {@code ALL} and {@code Anyone} are nobody's name.
 */
public record WorkerName(String value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public WorkerName {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a worker's name must not be blank");
    }
    if (value.equalsIgnoreCase("ALL") || value.equalsIgnoreCase("Anyone")) {
      throw new IllegalArgumentException("a worker cannot be named " + value);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WorkerName name && value.equalsIgnoreCase(name.value);
  }

  @Override
  public int hashCode() {
    return value.toLowerCase(Locale.ROOT).hashCode();
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}

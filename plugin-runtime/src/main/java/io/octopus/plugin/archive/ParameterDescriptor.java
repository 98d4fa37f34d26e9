package io.octopus.plugin.archive;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of an action, in the order of the signature.
 *
 * @param name as it is written, with the stars of {@code *args} and {@code **kwargs}
 * @param type the annotation's text
 * @param defaultJson the default as JSON text; missing when there is none, or when only running the
 *     file would tell
 */
public record ParameterDescriptor(
    String name,
    @Nullable String type,
    @JsonProperty("default") @Nullable String defaultJson,
    boolean required,
    Kind kind) {

  /** How an argument reaches a parameter. */
  public enum Kind {
    /** By its place among the arguments. */
    @JsonProperty("positional")
    POSITIONAL,

    /** By its name only. */
    @JsonProperty("keyword")
    KEYWORD
  }

  /** A parameter whose kind its stars tell. */
  public ParameterDescriptor(
      String name, @Nullable String type, @Nullable String defaultJson, boolean required) {
    this(name, type, defaultJson, required, name.startsWith("**") ? Kind.KEYWORD : Kind.POSITIONAL);
  }
}

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
    boolean required) {}

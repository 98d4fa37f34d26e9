package io.octopus.protocol.work;

import org.jspecify.annotations.Nullable;

/** What went wrong in a failed attempt, as the plugin's author should see it. */
public record AttemptError(String type, String message, @Nullable String traceback) {}

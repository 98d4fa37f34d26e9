package io.octopus.plugin.run;

import org.jspecify.annotations.Nullable;

/** What went wrong, for people: the plugin's own words where it has any. */
public record ActionError(String type, String message, @Nullable String traceback) {}

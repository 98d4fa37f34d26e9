package io.octopus.config;

import java.nio.file.Path;

/** The folder plugins are imported from. */
public record PluginSettings(Path directory) {}

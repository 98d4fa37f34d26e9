package io.octopus.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where Python plugins' packages come from and how long they stay; how Java plugins are run. */
public record LanguageSettings(
    Optional<Path> wheels,
    Duration keepEnvironments,
    List<String> javaOptions,
    List<String> javaInProcess) {}

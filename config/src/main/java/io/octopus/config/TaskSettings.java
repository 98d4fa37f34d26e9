package io.octopus.config;

import java.time.Duration;

/** What a task gets that does not say otherwise. */
public record TaskSettings(int maxAttempts, Duration timeout) {}
